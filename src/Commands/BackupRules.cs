namespace SessionGateway.Commands;

/// <summary>How a node serves while another one is the primary.</summary>
public sealed record BackupRules
{
    /// <summary>What becomes of requests for items.</summary>
    public BackupMode Mode { get; init; }

    /// <summary>Requests that only look are executed here all the same, however old what they find is.</summary>
    public bool ReadsStay { get; init; }

    /// <summary>It shows itself as a cluster of one shard, whoever is the primary.</summary>
    public bool HasClusterFace { get; init; }
}
