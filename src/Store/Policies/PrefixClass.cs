namespace SessionGateway.Store.Policies;

/// <summary>What the items under a prefix are worth when memory is full.</summary>
public enum PrefixClass
{
    /// <summary>
    /// Sessions that are anonymous when they are new: until an item is read or written again it is given up first, the
    /// oldest ones before the others. Crawlers leave many of these; a visitor who comes back is established.
    /// </summary>
    Anonymous,

    /// <summary>Cached data: evicted by last access under any policy, after the anonymous ones.</summary>
    Evictable,
}
