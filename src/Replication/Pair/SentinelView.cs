namespace SessionGateway.Replication.Pair;

/// <summary>What a node has heard of one Sentinel.</summary>
public struct SentinelView
{
    /// <summary>Highest current epoch of its hellos to this backup; it only grows, so an old hello does no harm. 0 when
    /// none came.</summary>
    public long Seen;

    /// <summary>Highest config epoch of its hellos.</summary>
    public long Config;

    /// <summary>Whom the hello of that config epoch named.</summary>
    public PairName Named;

    /// <summary>Whether it said, after it was asked for, that this node is primary and nobody else was
    /// elected.</summary>
    public bool HasConfirmed;

    /// <summary>How long ago it was heard.</summary>
    public long Silent;
}
