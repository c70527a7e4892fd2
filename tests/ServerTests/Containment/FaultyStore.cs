using SessionGateway.Store;

namespace SessionGateway.ServerTests.Containment;

/// <summary>A store whose steps fail when told to.</summary>
internal sealed class FaultyStore : ItemStore
{
    private readonly ItemStore _inner;
    private readonly FaultyShard[] _shards;

    public FaultyStore(ItemStore inner)
        : base(seed: 1)
    {
        _inner = inner;
        _shards = [.. inner.Shards.ToArray().Select(shard => new FaultyShard(this, shard))];
    }

    /// <summary>Looking at items fails.</summary>
    public bool FailsReads { get; set; }

    /// <summary>Changing items fails, in the middle of it.</summary>
    public bool FailsWrites { get; set; }

    /// <inheritdoc/>
    public override ReadOnlySpan<Shard> Shards => _shards;

    /// <inheritdoc/>
    public override long MemoryLimit => _inner.MemoryLimit;

    /// <inheritdoc/>
    public override long UsedBytes => _inner.UsedBytes;
}
