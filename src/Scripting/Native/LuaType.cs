namespace SessionGateway.Scripting.Native;

/// <summary>Types of values, by Lua's numbers.</summary>
internal enum LuaType
{
    /// <summary>No value at this place.</summary>
    None = -1,

    /// <summary>nil.</summary>
    Nil = 0,

    /// <summary>true or false.</summary>
    Boolean = 1,

    /// <summary>A pointer.</summary>
    Light = 2,

    /// <summary>A number.</summary>
    Number = 3,

    /// <summary>Bytes.</summary>
    String = 4,

    /// <summary>A table.</summary>
    Table = 5,

    /// <summary>A function.</summary>
    Function = 6,

    /// <summary>An object.</summary>
    Object = 7,

    /// <summary>A coroutine.</summary>
    Thread = 8,
}
