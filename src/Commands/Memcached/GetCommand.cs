using System.Buffers.Binary;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>get, gets, gat, gats and their binary forms; touch, which is a gat without the value.</summary>
internal static class GetCommand
{
    // VALUE <key> <flags> <bytes> [<cas unique>]\r\n<data block>\r\n ... END\r\n

    /// <summary>Answers a get with its keys in <paramref name="input"/>, the bytes from the start of the request.</summary>
    /// <returns>Where it stopped, or null when it is answered.</returns>
    public static TextRest? Text(in TextRequest request, ReadOnlySpan<byte> input, CommandContext context)
    {
        int start = context.Output.Length;
        var keys = new TextTokens(request.Keys);
        TextStatus status = TextKeys(ref keys, request.Verb, request.Exptime, context);
        if (status == TextStatus.Paused && GetRest.HasTooLongKey(keys.Rest))
        {
            status = TextStatus.KeyTooLong;
        }

        switch (status)
        {
            case TextStatus.Paused:
                input.Overlaps(keys.Rest, out int from);
                return new GetRest(request.Verb, request.Exptime, request.Size, from, from + keys.Rest.Length);
            case TextStatus.KeyTooLong:
                context.Output.Truncate(start);
                context.Output.Write(TextErrors.BadFormat);
                break;
        }

        return null;
    }

    /// <summary>Answers the keys up to the end of the turn.</summary>
    public static TextStatus TextKeys(ref TextTokens keys, TextVerb verb, long exptime, CommandContext context)
    {
        bool withCas = verb is TextVerb.Gets or TextVerb.Gats;
        bool touches = verb is TextVerb.Gat or TextVerb.Gats;
        int count = 0;
        for (ReadOnlySpan<byte> key = keys.Next(); !key.IsEmpty; key = keys.Next())
        {
            if (key.Length > TextRequestReader.MaxKeyBytes)
            {
                return TextStatus.KeyTooLong;
            }

            TextOne(context, key, withCas, touches, exptime);
            if (++count % WorkUnits.KeysPerUnit == 0)
            {
                context.Spend(1);
            }

            if (context.ShouldPause() && !keys.IsAtEnd)
            {
                return TextStatus.Paused;
            }
        }

        context.Output.Write("END\r\n"u8);
        return TextStatus.Done;
    }

    /// <summary>One key of a text get.</summary>
    public static void TextOne(CommandContext context, ReadOnlySpan<byte> keyBytes, bool withCas, bool touches, long exptime)
    {
        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        bool isHit = Find(context, scope.Shard, key, withValue: true, touches, exptime, out ItemView item, out bool isGone);
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountGet(keyBytes, isHit);
        }

        if (!isHit)
        {
            return;
        }

        // One reservation for the whole line: 10 digits of flags and length, 20 of cas, the blanks and line ends.
        OutputBuffer output = context.Output;
        Span<byte> line = output.GetSpan(keyBytes.Length + 64);
        "VALUE "u8.CopyTo(line);
        int at = 6;
        keyBytes.CopyTo(line[at..]);
        at += keyBytes.Length;
        line[at++] = (byte)' ';
        at += Number(line[at..], item.Flags);
        line[at++] = (byte)' ';
        at += Number(line[at..], (uint)item.Value.Length);
        if (withCas)
        {
            line[at++] = (byte)' ';
            at += Number(line[at..], item.Cas);
        }

        line[at++] = (byte)'\r';
        line[at++] = (byte)'\n';
        output.Advance(at);
        output.Write(item.Value);
        output.Write("\r\n"u8);
        if (isGone)
        {
            scope.Shard.Remove(key, RemoveReason.Deleted, context.Now);
        }
    }

    // extras of gat and touch: expiration; of a hit: flags
    public static void Binary(
        in BinaryRequest request, bool quiet, bool withKey, bool withValue, bool touches, CommandContext context)
    {
        long exptime = touches ? BinaryPrimitives.ReadUInt32BigEndian(request.Extras) : 0;
        OutputBuffer output = context.Output;
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        bool isHit = Find(context, scope.Shard, key, withValue, touches, exptime, out ItemView item, out bool isGone);
        if (context.Services.Memcached.Prefixes.IsOn)
        {
            context.Services.Memcached.Prefixes.CountGet(request.Key, isHit);
        }

        if (isHit)
        {
            int keyLength = withKey ? request.KeyLength : 0;
            ReadOnlySpan<byte> value = withValue ? item.Value : default;
            BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.Success, 4, keyLength, value.Length, item.Cas);
            BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), item.Flags);
            output.Advance(4);
            if (withKey)
            {
                output.Write(request.Key);
            }

            output.Write(value);
            if (isGone)
            {
                scope.Shard.Remove(key, RemoveReason.Deleted, context.Now);
            }
        }
        else if (!quiet)
        {
            if (withKey)
            {
                BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.KeyNotFound, 0, request.KeyLength, 0, 0);
                output.Write(request.Key);
            }
            else
            {
                BinaryResponseWriter.WriteError(output, request, BinaryStatus.KeyNotFound);
            }
        }
    }

    // touch <key> <exptime> [noreply]
    public static void TextTouch(in TextRequest request, CommandContext context)
    {
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        long expiresAt = Exptime.ToExpiresAt(request.Exptime, context.Now);
        bool found = expiresAt == Exptime.Gone
            ? scope.Shard.Remove(key, RemoveReason.Deleted, context.Now)
            : scope.Shard.SetExpiry(key, expiresAt, context.Now);
        CountTouch(context.Stats.Memcached, found);
        if (!request.NoReply)
        {
            context.Output.Write(found ? "TOUCHED\r\n"u8 : "NOT_FOUND\r\n"u8);
        }
    }

    // A touch into the past ends the item, but this answer still carries the value: the caller removes it afterwards.
    private static bool Find(
        CommandContext context, Shard shard, in ItemKey key, bool withValue, bool touches, long exptime, out ItemView item,
        out bool isGone)
    {
        ProtocolStats stats = context.Stats.Memcached;
        isGone = false;
        if (touches)
        {
            long expiresAt = Exptime.ToExpiresAt(exptime, context.Now);
            isGone = expiresAt == Exptime.Gone;
            if (!isGone)
            {
                shard.SetExpiry(key, expiresAt, context.Now);
            }
        }

        bool found = withValue
            ? shard.TryGet(key, context.Now, out item)
            : shard.TryGetAttributes(key, context.Now, out item);
        if (touches)
        {
            CountTouch(stats, found);
            isGone &= found;
            return found;
        }

        stats.CmdGet++;
        if (found)
        {
            stats.GetHits++;
        }
        else
        {
            stats.GetMisses++;
        }

        isGone &= found;
        return found;
    }

    private static void CountTouch(ProtocolStats stats, bool found)
    {
        stats.CmdTouch++;
        if (found)
        {
            stats.TouchHits++;
        }
        else
        {
            stats.TouchMisses++;
        }
    }

    private static int Number(Span<byte> destination, ulong value)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(value, destination, out int written);
        return written;
    }
}
