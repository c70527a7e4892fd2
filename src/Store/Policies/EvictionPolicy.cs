namespace SessionGateway.Store.Policies;

/// <summary>What happens to a write when memory is full of live items. Expired items and dead memory always go
/// first.</summary>
public enum EvictionPolicy
{
    /// <summary>
    /// Sessions are protected: items of prefixes that are declared anonymous or evictable go first, then the write is
    /// refused. The default.
    /// </summary>
    Protect,

    /// <summary>The items go that were not accessed for the longest time, as in memcached. For caches.</summary>
    EvictLru,

    /// <summary>The items go that would expire first; those without expiry stay. For caches; Redis'
    /// volatile-ttl.</summary>
    VolatileTtl,
}
