namespace SessionGateway.Gateway.Holding;

/// <summary>What has to have a write before its reply is sent and others may read it; several add up.</summary>
[Flags]
internal enum Safety
{
    /// <summary>Nothing but memory.</summary>
    None = 0,

    /// <summary>The log of this node, on the disk.</summary>
    Disk = 1,

    /// <summary>All backups.</summary>
    Backup = 2,

    /// <summary>The logs of all backups, on their disks.</summary>
    BackupDisk = 4,

    /// <summary>Nothing is enough: nobody is told of anything before another rule holds.</summary>
    Never = 8,
}
