using System.Diagnostics;
using System.Numerics;

namespace SessionGateway.Store;

/// <summary>
/// The hold of several shard locks, taken in ascending order so that two such holds can never wait for each other.
/// What is changed meanwhile is one group of the mutation stream.
/// Commands inside it may enter single shards again: the locks are reentrant.
/// </summary>
public readonly ref struct MultiShardScope
{
    private readonly ItemStore _store;
    private readonly ulong _mask;
    private readonly bool _isGroup;

    internal MultiShardScope(ItemStore store, ulong mask)
    {
        _store = store;
        _mask = mask & store.AllShards;
        for (ulong rest = _mask; rest != 0; rest &= rest - 1)
        {
            int index = BitOperations.TrailingZeroCount(rest);
            store.AssertOrder(index);
            store.Shards[index].Enter();
            store.Shards[index].Effects.Unsettled?.OnEnter();
        }

        // One inside another belongs to that one's group.
        if (store.Mutations.HasListeners && _mask != 0
            && !store.Shards[BitOperations.TrailingZeroCount(_mask)].Effects.IsGrouped)
        {
            _isGroup = true;
            for (ulong rest = _mask; rest != 0; rest &= rest - 1)
            {
                store.Shards[BitOperations.TrailingZeroCount(rest)].Effects.IsGrouped = true;
            }
        }
    }

    /// <summary>Ends the group and gives the locks back.</summary>
    public void Dispose()
    {
        long end = _isGroup ? _store.Mutations.EndGroup() : 0;
        for (ulong rest = _mask; rest != 0; rest &= rest - 1)
        {
            Shard shard = _store.Shards[BitOperations.TrailingZeroCount(rest)];
            Debug.Assert(shard.IsHeld, "a lock of the hold was given back before its end");
            if (_isGroup)
            {
                shard.Effects.EndGroup(end);
            }

            shard.Exit();
        }
    }
}
