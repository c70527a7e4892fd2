namespace SessionGateway.Replication.Pair;

/// <summary>What has to have a write before a node that goes on alone acknowledges it.</summary>
public enum AloneAck : byte
{
    /// <summary>Its disk: nothing is lost unless that disk is.</summary>
    Disk,

    /// <summary>Nothing is acknowledged until there are two again.</summary>
    Refuse,

    /// <summary>Nothing but memory: a crash loses every write since the other node went.</summary>
    Memory,
}
