using SessionGateway.Store.Collections;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Integrity;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments;

/// <summary>
/// The memory engine: items off the garbage-collected heap, in segments grouped by expiry, behind an index of one cache
/// line per bucket (ADR 0003).
/// </summary>
public sealed class SegmentItemStore : ItemStore
{
    private readonly EngineMemory _memory;
    private readonly SegmentShard[] _shards;

    /// <summary>Makes an empty store with default options.</summary>
    /// <param name="memoryLimit">Bytes for everything the store holds.</param>
    /// <param name="seed">Hash seed, random per process.</param>
    public SegmentItemStore(long memoryLimit, ulong seed)
        : this(new SegmentStoreOptions { MemoryLimit = memoryLimit, Seed = seed })
    {
    }

    /// <summary>Makes an empty store.</summary>
    public SegmentItemStore(SegmentStoreOptions options)
        : base(options.Seed, options.ShardBits)
    {
        Options = options;
        _memory = new EngineMemory(options.MemoryLimit, options.PortableMemory, 1 << options.ShardBits);
        _shards = new SegmentShard[1 << options.ShardBits];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new SegmentShard(this, _memory, _shards, i);
        }
    }

    /// <summary>What the store was made with.</summary>
    public SegmentStoreOptions Options { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<Shard> Shards => _shards;

    /// <inheritdoc/>
    public override long MemoryLimit => Options.MemoryLimit;

    /// <inheritdoc/>
    public override long UsedBytes => _memory.Budget.Used;

    /// <inheritdoc/>
    public override long ReserveBytes => _memory.Budget.Reserve;

    /// <inheritdoc/>
    public override long ReserveUsedBytes => _memory.Budget.ReserveUsed;

    /// <inheritdoc/>
    public override EvictionPolicy Policy => Options.Policy;

    internal EngineMemory Memory => _memory;

    /// <summary>What a shard consists of.</summary>
    internal ShardParts PartsOf(int shard) => _shards[shard].Parts;

    /// <inheritdoc/>
    public override CompressionReport ReportCompression()
    {
        CompressionReport sum = CompressionReport.None;
        foreach (SegmentShard shard in _shards)
        {
            using ShardScope scope = Enter(shard);
            CompressionReport part = shard.Codec.Report;
            sum = new CompressionReport(
                sum.Values + part.Values,
                sum.Kept + part.Kept,
                sum.SavedBytes + part.SavedBytes,
                sum.CompressTime + part.CompressTime,
                sum.Expanded + part.Expanded,
                sum.ExpandTime + part.ExpandTime);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void CountBuffers(long growth)
    {
        base.CountBuffers(growth);
        _memory.Budget.Take(growth);
    }

    /// <inheritdoc/>
    public override StoreSnapshot? TryBeginSnapshot(ISnapshotSink sink, long now)
    {
        using var all = new MultiShardScope(this, AllShards);
        if (Array.Exists(_shards, s => s.Snapshot.IsRunning) || !Mutations.TrySettle(now))
        {
            return null;
        }

        foreach (SegmentShard shard in _shards)
        {
            shard.Snapshot.Begin(sink, now);
        }

        return new SegmentSnapshot(_shards, [.. _shards.Select(shard => shard.Snapshot)], now)
        {
            Position = Mutations.Position,
            LastCas = LastCas,
        };
    }

    /// <summary>
    /// Proves that index and segments agree. Holds all locks for as long as it takes to look at every item: for tests
    /// and for a support case, not for service.
    /// </summary>
    /// <exception cref="IntegrityException">They do not.</exception>
    public IntegrityReport CheckIntegrity()
    {
        using var all = new MultiShardScope(this, AllShards);
        IntegrityReport report = new IntegrityChecker(this, _memory).Check(_shards.Select(shard => shard.Parts));
        foreach (SegmentShard shard in _shards)
        {
            for (int database = 0; shard.HasCollections && database < DatabaseCount; database++)
            {
                new CollectionChecker(shard).Check(database, now: 0);
            }
        }

        return report;
    }

    /// <inheritdoc/>
    protected override bool TracksAccess => base.TracksAccess || Options.Prefixes.Count > 0;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _memory.Dispose();
}
