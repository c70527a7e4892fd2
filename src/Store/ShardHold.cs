using System.Diagnostics;
using System.Numerics;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store;

/// <summary>
/// As <see cref="MultiShardScope"/>, for an operation that finds out later which other shards it needs. One at a time;
/// used again.
/// </summary>
public sealed class ShardHold(ItemStore store) : IDisposable
{
    // Others hold a shard for microseconds. A longer one may be waiting for what is held here.
    private const int MostSpins = 200;

    private bool _isGroup;
    private StagedGroup? _stage;

    /// <summary>The shards that are held, as a bit set.</summary>
    public ulong Mask { get; private set; }

    /// <summary>Takes shards; nothing is held before. What is changed is a group of the mutation stream.</summary>
    public void Enter(ulong shards, long now)
    {
        Take(shards, now);

        // One inside another belongs to that one's group.
        _isGroup = store.Mutations.HasListeners && Mask != 0
            && !store.Shards[BitOperations.TrailingZeroCount(Mask)].Effects.IsGrouped;
        MarkGroup(Mask);
    }

    /// <summary>As the other; what is changed belongs to a group that is told when the hold ends, or, once it is open,
    /// when it is closed.</summary>
    public void Enter(ulong shards, long now, StagedGroup stage)
    {
        Take(shards, now);
        _stage = store.Mutations.HasListeners ? stage : null;
        MarkGroup(Mask);
    }

    /// <summary>True when somebody hears of what is changed.</summary>
    public bool IsHeard => store.Mutations.HasListeners;

    private void Take(ulong shards, long now)
    {
        Debug.Assert(Mask == 0, "the former hold was not given back");

        // A flush that is due happens before.
        store.EnterMany(0, now).Dispose();
        for (ulong rest = shards & store.AllShards; rest != 0; rest &= rest - 1)
        {
            int index = BitOperations.TrailingZeroCount(rest);
            store.AssertOrder(index);
            store.Shards[index].Enter();
            store.Shards[index].Effects.Unsettled?.OnEnter();
            Mask |= 1UL << index;
        }
    }

    /// <summary>
    /// Takes more shards if nobody else keeps them: who holds some must not wait for one that comes before them, and
    /// who has written holds up the mutation stream.
    /// </summary>
    /// <returns>False when one of them could not be taken; then those that could are held.</returns>
    public bool TryEnterMore(ulong shards)
    {
        for (ulong rest = shards & store.AllShards & ~Mask; rest != 0; rest &= rest - 1)
        {
            int index = BitOperations.TrailingZeroCount(rest);
            var spin = default(SpinWait);
            while (!store.Shards[index].TryEnter())
            {
                if (spin.Count >= MostSpins)
                {
                    return false;
                }

                spin.SpinOnce(sleep1Threshold: -1);
            }

            store.Shards[index].Effects.Unsettled?.OnEnter();
            Mask |= 1UL << index;
            MarkGroup(1UL << index);
        }

        return true;
    }

    /// <summary>Ends the group and gives all shards back.</summary>
    public void Dispose()
    {
        if (_stage is { IsOpen: false } stage)
        {
            stage.Close();
        }

        long end = _isGroup ? store.Mutations.EndGroup() : 0;
        for (; Mask != 0; Mask &= Mask - 1)
        {
            Shard shard = store.Shards[BitOperations.TrailingZeroCount(Mask)];
            if (_isGroup)
            {
                shard.Effects.EndGroup(end);
            }

            if (_stage is not null)
            {
                shard.Effects.Stage = null;
            }

            shard.Exit();
        }

        _isGroup = false;
        _stage = null;
    }

    private void MarkGroup(ulong shards)
    {
        for (ulong rest = _isGroup || _stage is not null ? shards : 0; rest != 0; rest &= rest - 1)
        {
            ShardEffects effects = store.Shards[BitOperations.TrailingZeroCount(rest)].Effects;
            effects.IsGrouped |= _isGroup;
            effects.Stage = _stage;
        }
    }
}
