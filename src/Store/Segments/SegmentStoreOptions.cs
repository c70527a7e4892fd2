using SessionGateway.Store.Policies;

namespace SessionGateway.Store.Segments;

/// <summary>What a <see cref="SegmentItemStore"/> is made with.</summary>
public sealed record SegmentStoreOptions
{
    /// <summary>Bytes for everything the store holds: records, index, bookkeeping, resident but unused pages.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Hash seed, random per process.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Bits of the hash that choose the shard, 0 to <see cref="ItemStore.ShardBits"/>.</summary>
    public int ShardBits { get; init; } = ItemStore.ShardBits;

    /// <summary>Count of cas uniques that the shards go on from. Below 2^45: uniques stay below 2^53, which every
    /// client's numbers hold.</summary>
    public ulong CasStart { get; init; }

    /// <summary>What happens to writes when memory is full of live items.</summary>
    public EvictionPolicy Policy { get; init; } = EvictionPolicy.Protect;

    /// <summary>Classes of keys by their first bytes; the first rule that fits counts.</summary>
    public IReadOnlyList<PrefixRule> Prefixes { get; init; } = [];

    /// <summary>Values to keep compressed; none by default.</summary>
    public IReadOnlyList<CompressionRule> Compression { get; init; } = [];

    /// <summary>Clock that measures what compression costs; without one its time counts as zero.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>True: a write of the value that is there already only renews attributes and expiry.</summary>
    public bool SkipIdenticalWrites { get; init; } = true;

    /// <summary>True: take memory from the system's heap, as on systems without mmap and madvise.</summary>
    public bool PortableMemory { get; init; }
}
