namespace SessionGateway.Store;

/// <summary>The hold of one shard's lock; leave it with <c>using</c>.</summary>
public readonly ref struct ShardScope
{
    internal ShardScope(Shard shard) => Shard = shard;

    /// <summary>The locked shard.</summary>
    public Shard Shard { get; }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => Shard.Exit();
}
