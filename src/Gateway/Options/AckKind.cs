namespace SessionGateway.Gateway.Options;

/// <summary>What has to have a write before it is acknowledged.</summary>
internal enum AckKind
{
    /// <summary>Memory.</summary>
    Memory,

    /// <summary>The backups.</summary>
    Backup,

    /// <summary>The disks of this node and of the backups.</summary>
    BackupAndDisk,
}
