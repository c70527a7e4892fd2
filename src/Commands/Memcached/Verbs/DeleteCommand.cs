using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>delete.</summary>
internal sealed class DeleteCommand : ITextVerb, IBinaryVerb
{
    private DeleteCommand()
    {
    }

    public static DeleteCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("delete", CommandTraits.Writes)
    {
        Keys = VerbKeys.One,
        TakesNoReply = true,
        Shape = BinaryShape.KeyOnly,
    };

    // delete <key> [0] [noreply]
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = DeleteLine.TryRead(ref call.Reader, call.Line, out DeleteLine request);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        ItemResult result = Apply(call.Context, request.Key, 0);
        if (!request.IsQuiet)
        {
            call.Context.Output.Write(result == ItemResult.Ok ? "DELETED\r\n"u8 : "NOT_FOUND\r\n"u8);
        }

        return ReadStatus.Done;
    }

    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        ItemResult result = Apply(context, request.Key, request.Cas);
        if (result != ItemResult.Ok)
        {
            BinaryResponseWriter.WriteError(
                context.Output, request,
                result == ItemResult.Exists ? BinaryStatus.KeyExists : BinaryStatus.KeyNotFound);
        }
        else if (!row.IsQuiet)
        {
            BinaryResponseWriter.WriteDone(context.Output, request);
        }
    }

    private static ItemResult Apply(CommandContext context, ReadOnlySpan<byte> keyBytes, ulong expectedCas)
    {
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountDelete(keyBytes);
        }

        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Enter(key);
        if (expectedCas != 0 && scope.Shard.TryPeekAttributes(key, context.Now, out ItemView item)
            && item.Cas != expectedCas)
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
