using System.Buffers.Binary;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>get, gets, gat, gats and their binary forms.</summary>
internal sealed class GetCommand : ITextVerb, IBinaryVerb
{
    private readonly bool _tellsUnique;
    private readonly bool _touches;

    private GetCommand(string name, bool tellsUnique, bool touches)
    {
        _tellsUnique = tellsUnique;
        _touches = touches;
        Descriptor = new VerbDescriptor(name,
            touches ? CommandTraits.Reads | CommandTraits.Writes : CommandTraits.Reads)
        {
            Keys = VerbKeys.Many,
            Shape = touches ? BinaryShape.Touch : BinaryShape.KeyOnly,
        };
    }

    public static GetCommand Get { get; } = new("get", tellsUnique: false, touches: false);

    public static GetCommand Gets { get; } = new("gets", tellsUnique: true, touches: false);

    public static GetCommand Gat { get; } = new("gat", tellsUnique: false, touches: true);

    public static GetCommand Gats { get; } = new("gats", tellsUnique: true, touches: true);

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; }

    // VALUE <key> <flags> <bytes> [<cas unique>]\r\n<data block>\r\n ... END\r\n
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = KeysLine.TryRead(ref call.Reader, call.Line, _touches, out KeysLine request);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        int start = call.Context.Output.Length;
        TextTokens keys = request.Keys;
        KeysStatus walked = Walk(ref keys, request.Exptime, call.Context);
        if (walked == KeysStatus.Paused && GetRest.HasTooLongKey(keys.Rest))
        {
            walked = KeysStatus.KeyTooLong;
        }

        switch (walked)
        {
            case KeysStatus.Paused:
                call.Line.Input.Overlaps(keys.Rest, out int from);
                call.Rest = new GetRest(this, request.Exptime, call.Size, from, from + keys.Rest.Length);
                break;
            case KeysStatus.KeyTooLong:
                call.Context.Output.Truncate(start);
                call.Context.Output.Write(TextErrors.BadFormat);
                break;
        }

        return ReadStatus.Done;
    }

    /// <summary>Answers the keys up to the end of the turn.</summary>
    public KeysStatus Walk(ref TextTokens keys, long exptime, CommandContext context)
    {
        int count = 0;
        for (ReadOnlySpan<byte> key = keys.Next(); !key.IsEmpty; key = keys.Next())
        {
            if (key.Length > MemcachedLimits.KeyBytes)
            {
                return KeysStatus.KeyTooLong;
            }

            bool isEnded = One(key, keys, exptime, context);
            if (isEnded)
            {
                return KeysStatus.Done;
            }

            if (++count % WorkUnits.KeysPerUnit == 0)
            {
                context.Spend(1);
            }

            if (context.ShouldPause() && !keys.IsAtEnd)
            {
                return KeysStatus.Paused;
            }
        }

        context.Output.Write("END\r\n"u8);
        return KeysStatus.Done;
    }

    // extras of gat: expiration; of a hit: flags
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        long exptime = _touches ? BinaryPrimitives.ReadUInt32BigEndian(request.Extras) : 0;
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        if (LookUp.Find(
            context, scope.Shard, key, withValue: true, _touches, exptime, out ItemView item, out bool isGone))
        {
            ReadOnlySpan<byte> name = row.HasKey ? request.Key : default;
            if (LargeValue.Is(item.Value) && !isGone)
            {
                BinaryResponseWriter.WriteItemHead(
                    context.Output, request, item.Flags, name, item.Length, item.Cas);
                LargeValue.Write(context, scope.Shard, item.Value, default);
                return;
            }

            BinaryResponseWriter.WriteItem(context.Output, request, item.Flags, name, item.Value, item.Cas);
            LookUp.RemoveIf(isGone, scope.Shard, key, context);
        }
        else if (row.IsQuiet)
        {
        }
        else if (row.HasKey)
        {
            BinaryResponseWriter.WriteMissingKey(context.Output, request);
        }
        else
        {
            BinaryResponseWriter.WriteError(context.Output, request, BinaryStatus.KeyNotFound);
        }
    }

    // True when the end of the answer has been written together with the last value.
    private bool One(ReadOnlySpan<byte> keyBytes, in TextTokens others, long exptime, CommandContext context)
    {
        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Enter(key);
        if (LookUp.Find(
            context, scope.Shard, key, withValue: true, _touches, exptime, out ItemView item, out bool isGone))
        {
            ulong unique = _tellsUnique ? item.Cas : 0;
            if (LargeValue.Is(item.Value) && !isGone && !GetRest.HasTooLongKey(others.Rest))
            {
                bool isLast = others.IsAtEnd;
                TextResponseWriter.WriteLine(context.Output, keyBytes, item.Flags, item.Length, unique);
                LargeValue.Write(context, scope.Shard, item.Value, isLast ? "\r\nEND\r\n"u8 : "\r\n"u8);
                return isLast;
            }

            TextResponseWriter.WriteValue(context.Output, keyBytes, item.Flags, item.Value, unique);
            LookUp.RemoveIf(isGone, scope.Shard, key, context);
        }

        return false;
    }
}
