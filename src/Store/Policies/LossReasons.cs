namespace SessionGateway.Store.Policies;

/// <summary>The reasons of losses, and what they are called where operators read them.</summary>
public static class LossReasons
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LossReason> All { get; } =
        [LossReason.Anonymous, LossReason.EvictablePrefix, LossReason.LeastRecentlyUsed, LossReason.ShortestTtl];

    /// <summary>The name in statistics, metrics and logs.</summary>
    public static string Name(LossReason reason) => reason switch
    {
        LossReason.Anonymous => "anonymous",
        LossReason.EvictablePrefix => "evictable_prefix",
        LossReason.LeastRecentlyUsed => "lru",
        LossReason.ShortestTtl => "ttl",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
