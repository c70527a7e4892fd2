namespace SessionGateway.Store.Segments.Memory;

/// <summary>How far into the reserves of <see cref="ByteBudget"/> a taker of memory may go; each one further than the
/// one before.</summary>
internal enum MemoryRoom
{
    /// <summary>New items, and rewrites that grow much: not at all.</summary>
    New,

    /// <summary>New small items without expiry (a counter, a lock that gets its expiry next): a quarter.</summary>
    Lasting,

    /// <summary>Rewrites that do not grow much: half.</summary>
    Growth,

    /// <summary>New small items that end soon (locks), and what the index needs to find an item: all of it.</summary>
    Brief,

    /// <summary>Upkeep, whose need is bounded by other means: never refused.</summary>
    Upkeep,
}
