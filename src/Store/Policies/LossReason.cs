namespace SessionGateway.Store.Policies;

/// <summary>Why a live item was given up.</summary>
public enum LossReason
{
    /// <summary>It was an anonymous session: <see cref="PrefixClass.Anonymous"/>.</summary>
    Anonymous,

    /// <summary>It was cached data, the longest not accessed: <see cref="PrefixClass.Evictable"/>.</summary>
    EvictablePrefix,

    /// <summary>It was the longest not accessed: <see cref="EvictionPolicy.EvictLru"/>.</summary>
    LeastRecentlyUsed,

    /// <summary>It was the first to expire: <see cref="EvictionPolicy.VolatileTtl"/>.</summary>
    ShortestTtl,
}
