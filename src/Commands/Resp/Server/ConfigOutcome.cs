namespace SessionGateway.Commands.Resp.Server;

/// <summary>What CONFIG SET answers.</summary>
internal enum ConfigOutcome
{
    /// <summary>The parameter has this value.</summary>
    Ok,

    /// <summary>No such parameter here.</summary>
    Unknown,

    /// <summary>It is fixed by how the process was started.</summary>
    Immutable,
}
