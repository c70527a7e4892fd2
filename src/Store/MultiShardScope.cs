using System.Numerics;

namespace SessionGateway.Store;

/// <summary>
/// The hold of several shard locks, taken in ascending order so that two such holds can never wait for each other.
/// Commands inside it may enter single shards again: the locks are reentrant.
/// </summary>
public readonly ref struct MultiShardScope
{
    private readonly ItemStore _store;
    private readonly ulong _mask;

    internal MultiShardScope(ItemStore store, ulong mask)
    {
        _store = store;
        _mask = mask;
        for (ulong rest = mask; rest != 0; rest &= rest - 1)
        {
            store.Shards[BitOperations.TrailingZeroCount(rest)].Enter();
        }
    }

    /// <summary>Gives the locks back.</summary>
    public void Dispose()
    {
        for (ulong rest = _mask; rest != 0; rest &= rest - 1)
        {
            _store.Shards[BitOperations.TrailingZeroCount(rest)].Exit();
        }
    }
}
