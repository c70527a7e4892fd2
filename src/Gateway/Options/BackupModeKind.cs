namespace SessionGateway.Gateway.Options;

/// <summary>What a replica does with requests for items.</summary>
internal enum BackupModeKind
{
    /// <summary>Tells clients of a cluster where to go, else refuses writes.</summary>
    Auto,

    /// <summary>Sends them to the primary.</summary>
    Forward,

    /// <summary>Answers reads and refuses writes.</summary>
    ReadOnly,

    /// <summary>Tells clients that understand it where the primary is, and forwards the others.</summary>
    Redirect,

    /// <summary>Tells Redis clients to go to the primary, and forwards memcached clients.</summary>
    Moved,
}
