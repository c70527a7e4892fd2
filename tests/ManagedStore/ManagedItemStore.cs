namespace SessionGateway.Store.Managed;

/// <summary>The simple engine: managed arrays, a chained hash table per shard and database, expiry by
/// sweeping.</summary>
public sealed class ManagedItemStore : ItemStore
{
    private readonly ManagedShard[] _shards;

    /// <summary>Makes an empty store.</summary>
    /// <param name="memoryLimit">Bytes for keys, values and bookkeeping together.</param>
    /// <param name="seed">Hash seed, random per process.</param>
    /// <param name="shardBits">Bits of the hash that choose the shard.</param>
    public ManagedItemStore(long memoryLimit, ulong seed, int shardBits = ShardBits)
        : base(seed, shardBits)
    {
        MemoryLimit = memoryLimit;
        var budget = new MemoryBudget(memoryLimit);
        _shards = new ManagedShard[1 << shardBits];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new ManagedShard(this, i, budget);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<Shard> Shards => _shards;

    /// <inheritdoc/>
    public override long MemoryLimit { get; }
}
