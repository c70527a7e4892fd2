namespace SessionGateway.Gateway.Replication;

/// <summary>What a replica is sent.</summary>
internal enum FeedState
{
    /// <summary>Nothing: its copy has not begun.</summary>
    Waiting,

    /// <summary>Its copy.</summary>
    Copy,

    /// <summary>Nothing: it has not said yet that it has its copy.</summary>
    Acknowledging,

    /// <summary>The history.</summary>
    Online,

    /// <summary>Nothing any more.</summary>
    Dropped,
}
