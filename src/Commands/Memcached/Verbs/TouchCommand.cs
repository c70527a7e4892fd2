using System.Buffers.Binary;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>touch.</summary>
internal sealed class TouchCommand : ITextVerb, IBinaryVerb
{
    private TouchCommand()
    {
    }

    public static TouchCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("touch", CommandTraits.Writes)
    {
        Keys = VerbKeys.One,
        TakesNoReply = true,
        Shape = BinaryShape.Touch,
    };

    // touch <key> <exptime> [noreply]
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = KeyLine.TryRead(ref call.Reader, call.Line, out KeyLine request);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        if (!TextNumbers.TryExptime(request.Argument, out long exptime))
        {
            return call.Reader.Refuse(TextError.Exptime, request.IsQuiet);
        }

        CommandContext context = call.Context;
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        long expiresAt = Exptime.ToExpiresAt(exptime, context.Now);
        bool isHit = LookUp.IsOfClients(scope.Shard, key, context.Now) && (expiresAt == Exptime.Gone
            ? scope.Shard.Remove(key, RemoveReason.Deleted, context.Now)
            : scope.Shard.SetExpiry(key, expiresAt, context.Now));
        LookUp.CountTouch(context.Stats.Memcached, isHit);
        if (!request.IsQuiet)
        {
            context.Output.Write(isHit ? "TOUCHED\r\n"u8 : "NOT_FOUND\r\n"u8);
        }

        return ReadStatus.Done;
    }

    // extras: expiration; of a hit: flags. A gat without the value, and counted as one.
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        long exptime = BinaryPrimitives.ReadUInt32BigEndian(request.Extras);
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        if (LookUp.Find(
            context, scope.Shard, key, withValue: false, touches: true, exptime, out ItemView item, out bool isGone))
        {
            BinaryResponseWriter.WriteItem(context.Output, request, item.Flags, default, default, item.Cas);
            LookUp.RemoveIf(isGone, scope.Shard, key, context);
        }
        else
        {
            BinaryResponseWriter.WriteError(context.Output, request, BinaryStatus.KeyNotFound);
        }
    }
}
