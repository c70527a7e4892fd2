namespace SessionGateway.Gateway.Options;

/// <summary>When the append log is brought to the disk.</summary>
internal enum FsyncKind
{
    /// <summary>Once a second.</summary>
    EverySecond,

    /// <summary>Before replies are sent.</summary>
    Batch,

    /// <summary>When the system does it.</summary>
    No,
}
