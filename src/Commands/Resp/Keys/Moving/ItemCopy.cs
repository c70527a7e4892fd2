using System.Buffers;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>
/// Puts the item of one key under another one, of whatever type, with its expiry and client flags. The shards of both
/// keys are
/// held. A large collection goes entry by entry: its pages belong to its shard, and who listens to the store hears
/// entries.
/// </summary>
internal static class ItemCopy
{
    /// <summary>Entries of the largest collection that is copied at one moment, about a tenth of a second.</summary>
    public const int MostEntries = 65_536;

    /// <summary>Copies, or writes the error and leaves the source as it is.</summary>
    public static bool TryCopy(in RespCall call, in ItemKey source, in ItemKey target)
    {
        Shard from = call.Shard(source), to = call.Shard(target);
        if (!from.TryPeek(source, call.Now, out ItemView item))
        {
            return false;
        }

        if (item.Type != ItemType.String && ShardCollections.Describe(item) is { IsLarge: true } info)
        {
            if (info.Count > MostEntries)
            {
                call.Error(RespErrors.TooLargeToCopy);
                return false;
            }

            call.Context.Spend(info.Count);
            return TryCopyEntries(call, source, target, item.Type, item.ExpiresAt, info.Count);
        }

        int length = item.Value.Length;
        call.Context.Spend(WorkUnits.ForBytes(length));

        // Memory that is made for the copy may move the original.
        byte[] value = ArrayPool<byte>.Shared.Rent(length);
        item.Value.CopyTo(value);
        var attributes = new ItemAttributes(item.Flags, item.ExpiresAt, item.Type, Form: item.Form);
        StoreStatus status = to.Put(target, value.AsSpan(0, length), default, attributes, call.Now, out _);
        ArrayPool<byte>.Shared.Return(value);
        if (status != StoreStatus.Stored)
        {
            call.Error(RespErrors.OutOfMemory);
        }

        return status == StoreStatus.Stored;
    }

    private static bool TryCopyEntries(
        in RespCall call, in ItemKey source, in ItemKey target, ItemType type, long expiresAt, long count)
    {
        Shard from = call.Shard(source), to = call.Shard(target);
        to.Remove(target, RemoveReason.Deleted, call.Now);
        var batch = new ElementBatch();
        for (long start = 0; start < count; start += ElementBatch.Most)
        {
            batch.Clear();
            Walk(from.Collections, source, type, start, call.Now, batch);
            foreach ((byte[] name, byte[] value, double score, long ends) in batch.Entries)
            {
                if (Add(to.Collections, target, type, name, value, score, ends, call.Now) != ElementWrite.Added)
                {
                    to.Remove(target, RemoveReason.Deleted, call.Now);
                    call.Error(RespErrors.OutOfMemory);
                    return false;
                }
            }
        }

        if (expiresAt != 0)
        {
            to.SetExpiry(target, expiresAt, call.Now);
        }

        return true;
    }

    private static void Walk(
        ShardCollections from, in ItemKey key, ItemType type, long start, long now, IElementVisitor visitor)
    {
        switch (type)
        {
            case ItemType.Hash:
                from.Hashes.Walk(key, start, ElementBatch.Most, now, visitor);
                break;
            case ItemType.Set:
                from.Sets.Walk(key, start, ElementBatch.Most, now, visitor);
                break;
            case ItemType.SortedSet:
                from.SortedSets.Walk(key, start, ElementBatch.Most, isReverse: false, now, visitor);
                break;
            default:
                from.Lists.Walk(key, start, ElementBatch.Most, isReverse: false, now, visitor);
                break;
        }
    }

    private static ElementWrite Add(
        ShardCollections to, in ItemKey key, ItemType type, byte[] name, byte[] value, double score, long expiresAt,
        long now) => type switch
    {
        ItemType.Hash => to.Hashes.Set(key, name, value, now, expiresAt),
        ItemType.Set => to.Sets.Add(key, name, now),
        ItemType.SortedSet => to.SortedSets.Set(key, name, score, now),
        _ => to.Lists.AddLast(key, name, now),
    };
}
