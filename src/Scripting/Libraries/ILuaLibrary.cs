using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Functions that Lua code calls.</summary>
internal interface ILuaLibrary
{
    /// <summary>Global name of the library, or null for what only the prelude uses.</summary>
    string? Name { get; }

    /// <summary>Names of the functions and what they do.</summary>
    IEnumerable<(string Name, LuaFunction Function)> Functions { get; }

    /// <summary>Pushes a table of constants for the script.</summary>
    void PushConstants(LuaFrame frame)
    {
        frame.PushTable();
    }
}
