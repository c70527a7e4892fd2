namespace SessionGateway.Replication.Pair;

/// <summary>What has to have a write before it is acknowledged, while there are two nodes.</summary>
public enum PairAck : byte
{
    /// <summary>The backup.</summary>
    Backup,

    /// <summary>The backup, and this node's disk.</summary>
    BackupAndDisk,

    /// <summary>Nothing but memory; a failover may lose it.</summary>
    Memory,
}
