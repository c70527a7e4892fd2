namespace SessionGateway.Commands.Resp.Server;

/// <summary>Whether CONFIG SET may set a value.</summary>
internal enum ConfigOutcome
{
    /// <summary>It may, or the parameter has this value.</summary>
    Ok,

    /// <summary>No such parameter here.</summary>
    Unknown,

    /// <summary>It is fixed by how the process was started.</summary>
    Immutable,
}
