namespace SessionGateway.Commands.Resp;

/// <summary>Which commands wait during a CLIENT PAUSE.</summary>
internal enum PauseMode
{
    /// <summary>None: there is no pause.</summary>
    None,

    /// <summary>Those that may write.</summary>
    Writes,

    /// <summary>All.</summary>
    All,
}
