using System.Buffers.Binary;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>set, add, replace, append, prepend, cas and their binary forms.</summary>
internal static class StoreCommand
{
    public static void Text(in TextRequest request, CommandContext context)
    {
        StoreMode mode = request.Verb switch
        {
            TextVerb.Add => StoreMode.Add,
            TextVerb.Replace => StoreMode.Replace,
            TextVerb.Append => StoreMode.Append,
            TextVerb.Prepend => StoreMode.Prepend,
            TextVerb.Cas => StoreMode.Cas,
            _ => StoreMode.Set,
        };
        ItemResult result = Apply(
            context, mode, request.Key, request.Data, request.Flags, request.Exptime, request.Verb == TextVerb.Cas,
            request.Number, out _);
        if (!request.NoReply)
        {
            context.Output.Write(result switch
            {
                ItemResult.Ok => "STORED\r\n"u8,
                ItemResult.Exists => "EXISTS\r\n"u8,
                ItemResult.NotFound => "NOT_FOUND\r\n"u8,
                ItemResult.TooLarge => TextErrors.TooLarge,
                ItemResult.OutOfMemory => TextErrors.OutOfMemory,
                _ => "NOT_STORED\r\n"u8,
            });
        }
    }

    public static void Binary(in BinaryRequest request, StoreMode mode, bool quiet, CommandContext context)
    {
        bool concatenates = mode is StoreMode.Append or StoreMode.Prepend;
        uint flags = concatenates ? 0 : BinaryPrimitives.ReadUInt32BigEndian(request.Extras);
        long exptime = concatenates ? 0 : BinaryPrimitives.ReadUInt32BigEndian(request.Extras[4..]);

        // A cas unique turns set, add and replace alike into a compare-and-swap (proto_bin.c, process_bin_update).
        StoreMode effective = request.Cas != 0 && !concatenates ? StoreMode.Set : mode;
        ItemResult result = Apply(
            context, effective, request.Key, request.Value, flags, exptime, request.Cas != 0, request.Cas, out ulong cas);
        if (result == ItemResult.Ok)
        {
            if (!quiet)
            {
                BinaryResponseWriter.WriteHeader(context.Output, request, BinaryStatus.Success, 0, 0, 0, cas);
            }

            return;
        }

        BinaryResponseWriter.WriteError(context.Output, request, result switch
        {
            ItemResult.Exists => BinaryStatus.KeyExists,
            ItemResult.NotFound => BinaryStatus.KeyNotFound,
            ItemResult.TooLarge => BinaryStatus.TooLarge,
            ItemResult.OutOfMemory => BinaryStatus.OutOfMemory,
            _ => effective switch
            {
                StoreMode.Add => BinaryStatus.KeyExists,
                StoreMode.Replace => BinaryStatus.KeyNotFound,
                _ => BinaryStatus.NotStored,
            },
        });
    }

    /// <summary>A set is refused as too large: the old value ends where <see cref="RefusedSets"/> says so.</summary>
    public static void RemoveStale(CommandContext context, ReadOnlySpan<byte> keyBytes)
    {
        if (!RefusedSets.EndsOldItem(context.Store.Policy, keyBytes))
        {
            return;
        }

        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        scope.Shard.Remove(key, RemoveReason.Deleted, context.Now);
    }

    private static ItemResult Apply(
        CommandContext context, StoreMode mode, ReadOnlySpan<byte> keyBytes, ReadOnlySpan<byte> data, uint flags, long exptime,
        bool compare, ulong expectedCas, out ulong cas)
    {
        context.Stats.Memcached.CmdSet++;
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountSet(keyBytes);
        }

        cas = 0;
        long now = context.Now;
        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Store.Enter(key, now);
        Shard shard = scope.Shard;
        if (mode == StoreMode.Set && !compare)
        {
            return Write(context, mode, shard, key, data, default, flags, Exptime.ToExpiresAt(exptime, now), out cas);
        }

        bool concatenates = mode is StoreMode.Append or StoreMode.Prepend;
        bool found = concatenates
            ? shard.TryPeek(key, now, out ItemView item)
            : shard.TryPeekAttributes(key, now, out item);
        if (compare && !(concatenates && !found))
        {
            ItemResult compared = Compare(context, found, found ? item.Cas : 0, expectedCas);
            if (compared != ItemResult.Ok)
            {
                return compared;
            }
        }

        switch (mode)
        {
            case StoreMode.Add when found:
                // The failed add counts as an access (memcached.c, do_store_item: "update it").
                shard.TryGetAttributes(key, now, out _);
                return ItemResult.NotStored;
            case StoreMode.Replace or StoreMode.Append or StoreMode.Prepend when !found:
                return ItemResult.NotStored;
            case StoreMode.Append or StoreMode.Prepend:
                if (item.Value.Length + (long)data.Length > context.Services.Limits.MaxValueBytes)
                {
                    return ItemResult.NotStored;
                }

                return mode == StoreMode.Append
                    ? Write(context, mode, shard, key, item.Value, data, item.Flags, item.ExpiresAt, out cas)
                    : Write(context, mode, shard, key, data, item.Value, item.Flags, item.ExpiresAt, out cas);
            default:
                return Write(context, mode, shard, key, data, default, flags, Exptime.ToExpiresAt(exptime, now), out cas);
        }
    }

    private static ItemResult Compare(CommandContext context, bool found, ulong actual, ulong expected)
    {
        if (!found)
        {
            context.Stats.Memcached.CasMisses++;
            return ItemResult.NotFound;
        }

        if (actual != expected)
        {
            context.Stats.Memcached.CasBadval++;
            return ItemResult.Exists;
        }

        context.Stats.Memcached.CasHits++;
        return ItemResult.Ok;
    }

    private static ItemResult Write(
        CommandContext context, StoreMode mode, Shard shard, in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail,
        uint flags, long expiresAt, out ulong cas)
    {
        if (expiresAt == Exptime.Gone)
        {
            shard.Remove(key, RemoveReason.Deleted, context.Now);
            cas = shard.NextCas();
            context.Stats.Memcached.TotalItems++;
            return ItemResult.Ok;
        }

        if (shard.Put(key, head, tail, new ItemAttributes(flags, expiresAt), context.Now, out cas) == StoreStatus.OutOfMemory)
        {
            // Only after a set (proto_text.c, process_update_command: "Avoid stale data persisting in cache").
            if (mode == StoreMode.Set && RefusedSets.EndsOldItem(context.Store.Policy, key.Bytes))
            {
                shard.Remove(key, RemoveReason.Deleted, context.Now);
            }

            return ItemResult.OutOfMemory;
        }

        context.Stats.Memcached.TotalItems++;
        return ItemResult.Ok;
    }
}
