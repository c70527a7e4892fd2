namespace SessionGateway.Scripting;

/// <summary>How far a script came.</summary>
public enum ScriptProgress
{
    /// <summary>It goes on when it is continued.</summary>
    Running,

    /// <summary>It returned a value.</summary>
    Finished,

    /// <summary>It ended with an error, <see cref="LuaEngine.Error"/>.</summary>
    Failed,

    /// <summary>
    /// It wanted more memory than it may have, or called too deep; <see cref="LuaEngine.Error"/>. The engine is used
    /// up.
    /// </summary>
    Exhausted,
}
