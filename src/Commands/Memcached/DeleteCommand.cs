using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>delete.</summary>
internal static class DeleteCommand
{
    // delete <key> [0] [noreply]
    public static void Text(in TextRequest request, CommandContext context)
    {
        ItemResult result = Apply(context, request.Key, 0);
        if (!request.NoReply)
        {
            context.Output.Write(result == ItemResult.Ok ? "DELETED\r\n"u8 : "NOT_FOUND\r\n"u8);
        }
    }

    public static void Binary(in BinaryRequest request, bool quiet, CommandContext context)
    {
        ItemResult result = Apply(context, request.Key, request.Cas);
        if (result != ItemResult.Ok)
        {
            BinaryResponseWriter.WriteError(
                context.Output, request, result == ItemResult.Exists ? BinaryStatus.KeyExists : BinaryStatus.KeyNotFound);
        }
        else if (!quiet)
        {
            BinaryResponseWriter.WriteHeader(context.Output, request, BinaryStatus.Success, 0, 0, 0, 0);
        }
    }

    private static ItemResult Apply(CommandContext context, ReadOnlySpan<byte> keyBytes, ulong expectedCas)
    {
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountDelete(keyBytes);
        }

        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        if (expectedCas != 0 && scope.Shard.TryPeekAttributes(key, context.Now, out ItemView item) && item.Cas != expectedCas)
        {
            return ItemResult.Exists;
        }

        if (!scope.Shard.Remove(key, RemoveReason.Deleted, context.Now))
        {
            context.Stats.Memcached.DeleteMisses++;
            return ItemResult.NotFound;
        }

        context.Stats.Memcached.DeleteHits++;
        return ItemResult.Ok;
    }
}
