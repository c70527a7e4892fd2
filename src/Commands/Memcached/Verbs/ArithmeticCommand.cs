using System.Buffers.Binary;
using System.Buffers.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>incr and decr: unsigned 64-bit, incr wraps, decr stops at 0; flags and expiry stay.</summary>
internal sealed class ArithmeticCommand : ITextVerb, IBinaryVerb
{
    /// <summary>Expiration that tells a binary incr or decr not to create a missing item.</summary>
    private const uint DoNotCreate = 0xffffffff;

    private readonly bool _increments;

    private ArithmeticCommand(string name, bool increments)
    {
        _increments = increments;
        Descriptor = new VerbDescriptor(name, CommandTraits.Writes)
        {
            Keys = VerbKeys.One,
            TakesNoReply = true,
            Shape = BinaryShape.Arithmetic,
        };
    }

    public static ArithmeticCommand Increment { get; } = new("incr", increments: true);

    public static ArithmeticCommand Decrement { get; } = new("decr", increments: false);

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; }

    // incr|decr <key> <value> [noreply]
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = KeyLine.TryRead(ref call.Reader, call.Line, out KeyLine request);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        if (!TextNumbers.TryUInt64(request.Argument, out ulong delta))
        {
            return call.Reader.Refuse(TextError.Delta, request.IsQuiet);
        }

        CommandContext context = call.Context;
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        ItemResult result = Apply(context, scope.Shard, key, delta, 0, out ulong value, out _);
        if (request.IsQuiet)
        {
            return ReadStatus.Done;
        }

        switch (result)
        {
            case ItemResult.Ok:
                TextResponseWriter.WriteNumber(context.Output, value);
                break;
            case ItemResult.NotFound:
                context.Output.Write("NOT_FOUND\r\n"u8);
                break;
            case ItemResult.NonNumeric:
                context.Output.Write(TextErrors.NonNumeric);
                break;
            default:
                context.Output.Write("SERVER_ERROR out of memory in incr\r\n"u8);
                break;
        }

        return ReadStatus.Done;
    }

    // extras: delta 8, initial value 8, expiration 4; the answer's value is the number in 8 bytes
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        ulong delta = BinaryPrimitives.ReadUInt64BigEndian(request.Extras);
        ulong initial = BinaryPrimitives.ReadUInt64BigEndian(request.Extras[8..]);
        uint expiration = BinaryPrimitives.ReadUInt32BigEndian(request.Extras[16..]);
        ItemKey key = context.Store.Key(0, request.Key);
        using ShardScope scope = context.Enter(key);
        ItemResult result = Apply(context, scope.Shard, key, delta, request.Cas, out ulong value, out ulong cas);
        if (result == ItemResult.NotFound && expiration != DoNotCreate)
        {
            value = initial;
            result = Create(context, scope.Shard, key, initial, expiration, out cas);
        }

        if (result != ItemResult.Ok)
        {
            BinaryResponseWriter.WriteError(context.Output, request, result switch
            {
                ItemResult.NotFound => BinaryStatus.KeyNotFound,
                ItemResult.Exists => BinaryStatus.KeyExists,
                ItemResult.NonNumeric => BinaryStatus.NonNumeric,
                _ => BinaryStatus.OutOfMemory,
            });
        }
        else if (!row.IsQuiet)
        {
            Span<byte> number = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(number, value);
            BinaryResponseWriter.WriteValue(context.Output, request, number, cas);
        }
    }

    private ItemResult Apply(
        CommandContext context, Shard shard, in ItemKey key, ulong delta, ulong expectedCas, out ulong value,
        out ulong cas)
    {
        value = 0;
        cas = 0;
        ProtocolStats stats = context.Stats.Memcached;
        if (!shard.TryGet(key, context.Now, out ItemView item))
        {
            _ = _increments ? stats.IncrMisses++ : stats.DecrMisses++;
            return ItemResult.NotFound;
        }

        if (item.Value.IsEmpty || item.Type != ItemType.String)
        {
            return ItemResult.NonNumeric;
        }

        if (expectedCas != 0 && item.Cas != expectedCas)
        {
            return ItemResult.Exists;
        }

        if (!TextNumbers.TryUInt64(item.Value, out value))
        {
            return ItemResult.NonNumeric;
        }

        _ = _increments ? stats.IncrHits++ : stats.DecrHits++;
        value = _increments ? unchecked(value + delta) : value > delta ? value - delta : 0;

        // memcached writes a number that is not longer than the old one in place and fills the rest with blanks.
        Span<byte> digits = stackalloc byte[32];
        Utf8Formatter.TryFormat(value, digits, out int length);
        ReadOnlySpan<byte> padding = length < item.Value.Length ? Blanks(item.Value.Length - length) : default;
        return shard.Put(
            key, digits[..length], padding, new ItemAttributes(item.Flags, item.ExpiresAt), context.Now, out cas)
            == StoreStatus.OutOfMemory ? ItemResult.OutOfMemory : ItemResult.Ok;
    }

    private static ItemResult Create(
        CommandContext context, Shard shard, in ItemKey key, ulong initial, uint expiration, out ulong cas)
    {
        long expiresAt = Exptime.ToExpiresAt(expiration, context.Now);
        context.Stats.Memcached.TotalItems++;
        if (expiresAt == Exptime.Gone)
        {
            cas = shard.NextCas();
            return ItemResult.Ok;
        }

        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(initial, digits, out int length);
        return shard.Put(key, digits[..length], default, new ItemAttributes(0, expiresAt), context.Now, out cas)
            == StoreStatus.OutOfMemory ? ItemResult.OutOfMemory : ItemResult.Ok;
    }

    // Numbers with more than this many bytes of blanks behind them do not happen outside of tests.
    private static ReadOnlySpan<byte> Blanks(int count)
    {
        ReadOnlySpan<byte> blanks = "                                                                "u8;
        return count <= blanks.Length ? blanks[..count] : MakeBlanks(count);
    }

    private static byte[] MakeBlanks(int count)
    {
        byte[] blanks = new byte[count];
        blanks.AsSpan().Fill((byte)' ');
        return blanks;
    }
}
