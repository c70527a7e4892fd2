using System.Buffers;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Following;

/// <summary>
/// Makes a store what another one is. The stores may have other seeds, other numbers of shards and other engines: only
/// keys, bytes and times count. Used by one thread at a time; readers of the store see a group's effects at one moment.
/// </summary>
/// <param name="store">The store; nobody else writes to it.</param>
/// <param name="tells">Who listens to the store hears of what is applied, as of any other effect.</param>
public sealed class MutationApplier(ItemStore store, bool tells = false) : IMutationSink
{
    private readonly MutationBuffer _group = new();
    private bool _isInGroup;

    /// <summary>A group has begun and not ended: nothing of it has been done.</summary>
    public bool IsInGroup => _isInGroup;

    /// <summary>Position of the last mutation whose effect is complete.</summary>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public ApplyStatus Apply(in Mutation mutation)
    {
        switch (mutation.Kind)
        {
            case MutationKind.GroupBegin:
                _isInGroup = true;
                return ApplyStatus.Applied;
            case MutationKind.GroupEnd:
                return EndGroup(mutation.Position);
            default:
                if (_isInGroup)
                {
                    _group.Add(mutation);
                    return ApplyStatus.Applied;
                }

                ApplyStatus status = One(mutation);
                Position = status == ApplyStatus.Applied ? mutation.Position : Position;
                return status;
        }
    }

    private ApplyStatus EndGroup(long position)
    {
        ulong shards = 0;
        for (MutationBuffer.Reader reader = _group.Read(); reader.MoveNext();)
        {
            Mutation mutation = reader.Current;
            shards |= mutation.Kind is MutationKind.Flushed or MutationKind.Accessed
                ? store.AllShards
                : 1UL << store.ShardOf(store.Key(mutation.Database, mutation.Key));
        }

        ApplyStatus status = ApplyStatus.Applied;
        using (new MultiShardScope(store, shards))
        {
            MutationBuffer.Reader reader = _group.Read();
            while (status == ApplyStatus.Applied && reader.MoveNext())
            {
                status = One(reader.Current);
            }
        }

        _group.Clear();
        _isInGroup = false;
        Position = status == ApplyStatus.Applied ? position : Position;
        return status;
    }

    private ApplyStatus One(in Mutation mutation)
    {
        switch (mutation.Kind)
        {
            case MutationKind.Flushed:
                Flush(mutation);
                return ApplyStatus.Applied;
            case MutationKind.Accessed:
                Access(mutation);
                return ApplyStatus.Applied;
        }

        ItemKey key = store.Key(mutation.Database, mutation.Key);
        using ShardScope scope = ItemStore.Enter(store.Shards[store.ShardOf(key)]);
        ApplyStatus status = ToKey(scope.Shard, key, mutation);
        if (tells && status == ApplyStatus.Applied)
        {
            Tell(scope.Shard, key, mutation);
        }

        return status;
    }

    private void Flush(in Mutation mutation)
    {
        using var all = new MultiShardScope(store, store.AllShards);
        store.RestoreFlush(mutation.Database);
        store.RaiseCas(mutation.Cas);
        if (tells)
        {
            Mutation told = mutation;
            store.Shards[0].TellApplied(told);
        }
    }

    // A splice is told with the whole value beside what it brought.
    private static void Tell(Shard shard, in ItemKey key, in Mutation mutation)
    {
        if (mutation.Kind == MutationKind.Spliced && shard.TryPeek(key, mutation.At, out ItemView item))
        {
            shard.TellApplied(mutation.WithValue(item.Value));
        }
        else
        {
            shard.TellApplied(mutation);
        }
    }

    private static ApplyStatus ToKey(Shard shard, in ItemKey key, in Mutation mutation)
    {
        switch (mutation.Kind)
        {
            case MutationKind.Put:
                // The pages of a large collection are not those of this store: its entries have to be put one by one.
                return mutation.Type != ItemType.String && CollectionHead.Read(mutation.Head, out _).IsTree
                    ? ApplyStatus.Diverged
                    : Write(shard, key, mutation.Head, mutation.Tail, mutation);
            case MutationKind.Refreshed:
                return shard.TryPeek(key, mutation.At, out ItemView same)
                    ? Write(shard, key, same.Value, default, mutation)
                    : ApplyStatus.Diverged;
            case MutationKind.Spliced:
                return Splice(shard, key, mutation);
            case MutationKind.Element:
                return RestoreElement(shard, key, mutation);
            case MutationKind.ExpiryChanged:
                return shard.RestoreExpiry(key, mutation.ExpiresAt, mutation.At)
                    ? ApplyStatus.Applied : ApplyStatus.Diverged;
            default:
                shard.RestoreRemoval(key, mutation.Reason, mutation.Cas);
                return ApplyStatus.Applied;
        }
    }

    private static ApplyStatus RestoreElement(Shard shard, in ItemKey key, in Mutation mutation)
    {
        var change = new ElementChange
        {
            Kind = mutation.Element,
            Type = mutation.Type,
            Name = mutation.Head,
            Value = mutation.Tail,
            Score = mutation.Score,
            ExpiresAt = mutation.ExpiresAt,
            Index = mutation.Index,
            Count = mutation.Count,
        };
        return shard.RestoreElement(key, change, mutation.Cas, mutation.At)
            ? ApplyStatus.Applied : ApplyStatus.Diverged;
    }

    private void Access(in Mutation mutation)
    {
        for (var reader = new AccessReader(mutation.Head); reader.MoveNext();)
        {
            ItemKey key = store.Key(reader.Database, reader.Key);
            using ShardScope scope = ItemStore.Enter(store.Shards[store.ShardOf(key)]);
            scope.Shard.RestoreAccess(key, reader.Cas, reader.At);
        }
    }

    private static ApplyStatus Splice(Shard shard, in ItemKey key, in Mutation mutation)
    {
        if (!shard.TryPeek(key, mutation.At, out ItemView item) || item.Value.Length != mutation.SplicedLength)
        {
            return ApplyStatus.Diverged;
        }

        int offset = mutation.SpliceOffset;
        ReadOnlySpan<byte> rest = item.Value[(offset + mutation.SpliceRemoved)..];
        if (rest.IsEmpty)
        {
            return Write(shard, key, item.Value[..offset], mutation.Inserted, mutation);
        }

        byte[] tail = ArrayPool<byte>.Shared.Rent(mutation.SpliceInserted + rest.Length);
        mutation.Inserted.CopyTo(tail);
        rest.CopyTo(tail.AsSpan(mutation.SpliceInserted));
        ReadOnlySpan<byte> changed = tail.AsSpan(0, mutation.SpliceInserted + rest.Length);
        ApplyStatus status = Write(shard, key, item.Value[..offset], changed, mutation);
        ArrayPool<byte>.Shared.Return(tail);
        return status;
    }

    private static ApplyStatus Write(
        Shard shard, in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, in Mutation mutation)
    {
        var attributes = new ItemAttributes(mutation.Flags, mutation.ExpiresAt, mutation.Type, mutation.Cas,
            mutation.Form);
        return shard.Restore(key, head, tail, attributes, mutation.Marks, mutation.At) == StoreStatus.Stored
            ? ApplyStatus.Applied
            : ApplyStatus.OutOfMemory;
    }
}
