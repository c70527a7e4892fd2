using SessionGateway.Protocols.Memcached;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>Writes items as both protocols ask for it.</summary>
internal static class ItemWriter
{
    /// <summary>Writes, if the conditions are met.</summary>
    /// <param name="mode">Condition and manner.</param>
    /// <param name="compares">True when the item must have the cas unique of the request.</param>
    /// <param name="request">What is written.</param>
    /// <param name="context">Where to.</param>
    /// <param name="cas">cas unique of the new value, for Ok.</param>
    public static ItemResult Apply(
        StoreMode mode, bool compares, in StorageRequest request, CommandContext context, out ulong cas)
    {
        context.Stats.Memcached.CmdSet++;
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountSet(request.Key);
        }

        cas = 0;
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        if (mode == StoreMode.Set && !compares)
        {
            return Put(mode, request, context, scope.Shard, key, out cas);
        }

        bool concatenates = mode is StoreMode.Append or StoreMode.Prepend;
        bool isFound = concatenates
            ? scope.Shard.TryPeek(key, context.Now, out ItemView item)
            : scope.Shard.TryPeekAttributes(key, context.Now, out item);
        isFound &= !concatenates || item.Type == ItemType.String;
        if (compares && (isFound || !concatenates))
        {
            ItemResult met = Compare(context.Stats.Memcached, isFound, item.Cas, request.Unique);
            if (met != ItemResult.Ok)
            {
                return met;
            }
        }

        switch (mode)
        {
            case StoreMode.Add when isFound:
                // The failed add counts as an access (memcached.c, do_store_item: "update it").
                scope.Shard.TryGetAttributes(key, context.Now, out _);
                return ItemResult.NotStored;
            case StoreMode.Replace or StoreMode.Append or StoreMode.Prepend when !isFound:
                return ItemResult.NotStored;
            case StoreMode.Append or StoreMode.Prepend:
                return Join(mode, request.Data, item, context, scope.Shard, key, out cas);
            default:
                return Put(mode, request, context, scope.Shard, key, out cas);
        }
    }

    private static ItemResult Compare(ProtocolStats stats, bool isFound, ulong actual, ulong expected)
    {
        if (!isFound)
        {
            stats.CasMisses++;
            return ItemResult.NotFound;
        }

        if (actual != expected)
        {
            stats.CasBadval++;
            return ItemResult.Exists;
        }

        stats.CasHits++;
        return ItemResult.Ok;
    }

    private static ItemResult Join(
        StoreMode mode, ReadOnlySpan<byte> data, in ItemView item, CommandContext context, Shard shard, in ItemKey key,
        out ulong cas)
    {
        cas = 0;
        if (item.Value.Length + (long)data.Length > context.Services.Limits.MaxValueBytes)
        {
            return ItemResult.NotStored;
        }

        var attributes = new ItemAttributes(item.Flags, item.ExpiresAt);
        StoreStatus status = mode == StoreMode.Append
            ? shard.Put(key, item.Value, data, attributes, context.Now, out cas)
            : shard.Put(key, data, item.Value, attributes, context.Now, out cas);
        return status == StoreStatus.OutOfMemory ? Refused(mode, context, shard, key) : Written(context);
    }

    private static ItemResult Put(
        StoreMode mode, in StorageRequest request, CommandContext context, Shard shard, in ItemKey key, out ulong cas)
    {
        long expiresAt = Exptime.ToExpiresAt(request.Exptime, context.Now);
        if (expiresAt == Exptime.Gone)
        {
            shard.Remove(key, RemoveReason.Deleted, context.Now);
            cas = shard.NextCas();
            return Written(context);
        }

        var attributes = new ItemAttributes(request.Flags, expiresAt);
        StoreStatus status = shard.Put(key, request.Data, default, attributes, context.Now, out cas);
        return status == StoreStatus.OutOfMemory ? Refused(mode, context, shard, key) : Written(context);
    }

    private static ItemResult Written(CommandContext context)
    {
        context.Stats.Memcached.TotalItems++;
        return ItemResult.Ok;
    }

    private static ItemResult Refused(StoreMode mode, CommandContext context, Shard shard, in ItemKey key)
    {
        // Only after a set (proto_text.c, process_update_command: "Avoid stale data persisting in cache").
        if (mode == StoreMode.Set && RefusedSets.EndsOldItem(context.Store.Policy, key.Bytes))
        {
            shard.Remove(key, RemoveReason.Deleted, context.Now);
        }

        return ItemResult.OutOfMemory;
    }
}
