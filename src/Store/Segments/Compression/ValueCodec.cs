using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Compression;

/// <summary>
/// Compresses values under the rules, with Brotli at its lowest quality, the fastest codec of the shared framework that
/// works on spans. A compressed value begins with its own length in four bytes. Used under one shard's lock.
/// </summary>
internal sealed class ValueCodec(IReadOnlyList<CompressionRule> rules, TimeProvider? time)
{
    private const int LengthBytes = 4;
    private const int Quality = 1;
    private const int Window = 18;

    // A value must become shorter by an eighth: less is not worth expanding it at every read.
    private const int LeastGainShift = 3;

    private readonly CompressionRule[] _rules = [.. rules];
    private long _values;
    private long _kept;
    private long _saved;
    private long _compressTicks;
    private long _expanded;
    private long _expandTicks;

    public CompressionReport Report => new(
        _values,
        _kept,
        _saved,
        Elapsed(_compressTicks),
        _expanded,
        Elapsed(_expandTicks));

    /// <summary>A record as its reader sees it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ItemView ViewOf(Record record, long now) =>
        record.View(record.IsCompressed ? Expand(record) : record.Value, now);

    /// <summary>As <see cref="ViewOf"/> for who needs no value: one that is compressed is not shown.</summary>
    public static ItemView AttributesOf(Record record, long now) => record.IsCompressed
        ? record.View(default, now, ExpandedLength(record))
        : record.View(record.Value, now);

    /// <summary>Compresses a value if a rule says so and it pays.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value.</param>
    /// <param name="buffer">Holds the compressed value; to be given to <see cref="Return"/>.</param>
    /// <param name="length">Bytes of it.</param>
    public bool TryCompress(ReadOnlySpan<byte> key, in ValueParts value, out byte[] buffer, out int length)
    {
        buffer = [];
        length = 0;
        if (_rules.Length == 0 || !Applies(key, value.Length))
        {
            return false;
        }

        long start = Timestamp();
        try
        {
            buffer = ScratchArrays.Pool.Rent((int)value.Length);
        }
        catch (OutOfMemoryException)
        {
            // Then the value is kept as it is.
            _kept++;
            return false;
        }

        int most = (int)(value.Length - (value.Length >> LeastGainShift));
        bool pays = Compress(value, buffer.AsSpan(0, most), out length);
        _compressTicks += Timestamp() - start;
        if (!pays)
        {
            _kept++;
            Return(buffer);
            return false;
        }

        _values++;
        _saved += value.Length - length;
        return true;
    }

    /// <summary>Takes a buffer of <see cref="TryCompress"/> back.</summary>
    public static void Return(byte[] buffer) => ScratchArrays.Pool.Return(buffer);

    /// <summary>Bytes of the value of a compressed record, without expanding it.</summary>
    public static int ExpandedLength(Record record) => BinaryPrimitives.ReadInt32LittleEndian(record.Value);

    /// <summary>The value of a compressed record, in an array of its own: readers may hold several at a time.</summary>
    public byte[] Expand(Record record)
    {
        long start = Timestamp();
        ReadOnlySpan<byte> stored = record.Value;
        byte[] value = GC.AllocateUninitializedArray<byte>(BinaryPrimitives.ReadInt32LittleEndian(stored));
        if (!BrotliDecoder.TryDecompress(stored[LengthBytes..], value, out int written) || written != value.Length)
        {
            throw new InvalidOperationException("A compressed value cannot be read back.");
        }

        _expanded++;
        _expandTicks += Timestamp() - start;
        return value;
    }

    // Without a clock the work is done and counted, its time is not.
    private long Timestamp() => time?.GetTimestamp() ?? 0;

    private TimeSpan Elapsed(long ticks) => time?.GetElapsedTime(0, ticks) ?? TimeSpan.Zero;

    private static bool Compress(in ValueParts value, Span<byte> target, out int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, (int)value.Length);
        if (value.Zeros == 0 && (value.Tail.IsEmpty || value.Head.IsEmpty))
        {
            return Compress(value.Tail.IsEmpty ? value.Head : value.Tail, target, out length);
        }

        byte[] whole = ScratchArrays.Pool.Rent((int)value.Length);
        value.CopyTo(whole);
        bool pays = Compress(whole.AsSpan(0, (int)value.Length), target, out length);
        ScratchArrays.Pool.Return(whole);
        return pays;
    }

    private static bool Compress(ReadOnlySpan<byte> value, Span<byte> target, out int length)
    {
        bool fits = BrotliEncoder.TryCompress(value, target[LengthBytes..], out int written, Quality, Window);
        length = written + LengthBytes;
        return fits;
    }

    private bool Applies(ReadOnlySpan<byte> key, long length)
    {
        foreach (CompressionRule rule in _rules)
        {
            if (key.StartsWith(rule.Prefix.Span))
            {
                // Room for the length and for a stream that says anything at all.
                return length >= Math.Max(rule.LeastBytes, 64);
            }
        }

        return false;
    }
}
