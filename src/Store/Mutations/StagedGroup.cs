using System.Diagnostics;
using System.Numerics;

namespace SessionGateway.Store.Mutations;

/// <summary>
/// What one writer does in several steps, told as one group when it has done everything: who reads the stream never
/// sees a half of it. In the store it happens at once; the writer sees to it that nobody else touches its items
/// meanwhile. What happens to them all the same (they expire, they are given up for memory) goes the same way, so that
/// the order per key is exact. One writer at a time; used again.
/// </summary>
/// <param name="store">The items.</param>
public sealed class StagedGroup(ItemStore store)
{
    /// <summary>More than this is several groups; it is a copy of what is written.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>The same for all groups that are open together: half of what may wait for a disk (64 MB).</summary>
    public const int MostOfAll = 32 << 20;

    private ulong _shards;

    /// <summary>The effects; the stream's lock guards them once the group is open.</summary>
    internal MutationBuffer Effects { get; } = new();

    /// <summary>True while it goes on without the locks of its shards.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Goes on without locks; the caller still holds those of all shards that it has changed.</summary>
    public void Open()
    {
        Debug.Assert(!IsOpen, "it is open");
        IsOpen = true;
        store.Mutations.Open(this);
    }

    /// <summary>Everything is done: tells it.</summary>
    public void Close()
    {
        long end = store.Mutations.Close(this);
        for (ulong rest = end == 0 ? 0 : _shards; rest != 0; rest &= rest - 1)
        {
            Shard shard = store.Shards[BitOperations.TrailingZeroCount(rest)];
            using ShardScope scope = ItemStore.Enter(shard);
            shard.Effects.Reach(end);
        }

        IsOpen = false;
        _shards = 0;
    }

    /// <summary>The process ends before everything is done: tells nothing.</summary>
    public void Abandon()
    {
        store.Mutations.Abandon(this);
        IsOpen = false;
        _shards = 0;
    }

    /// <summary>Hash of a mutation's key.</summary>
    internal ulong HashOf(in Mutation mutation) => store.Key(mutation.Database, mutation.Key).Hash;

    /// <summary>Counts in the memory limit what is kept.</summary>
    internal void Count(long growth) => store.CountBuffers(growth);

    /// <summary>Adds an effect.</summary>
    internal void Add(in Mutation mutation)
    {
        Effects.Add(mutation);
        _shards |= 1UL << store.ShardOf(store.Key(mutation.Database, mutation.Key));
    }
}
