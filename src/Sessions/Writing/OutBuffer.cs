using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace SessionGateway.Sessions.Writing;

/// <summary>
/// Rented output with a limit. Writers ask once per value with <see cref="Ensure"/> for the most it can need and then
/// write without further checks.
/// </summary>
internal sealed class OutBuffer(int limit, int expected = OutBuffer.Smallest) : IDisposable
{
    public const int Smallest = 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(limit, 16), Math.Max(expected, Smallest)));
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Ensure(int count) => _bytes.Length - _length >= count || Grow(count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value) => _bytes[_length++] = value;

    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_length), (ushort)value);
        _length += 2;
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Decimal digits.</summary>
    public void Decimal(long value) => _length += Decimal(value, _bytes.AsSpan(_length));

    /// <summary>
    /// Writes decimal digits into a part of <see cref="Rest"/> and gives their number; small non-negative numbers
    /// (lengths, list keys) take the short way.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decimal(long value, Span<byte> room)
    {
        if ((ulong)value < 10)
        {
            room[0] = (byte)('0' + value);
            return 1;
        }

        return LongDecimal(value, room);
    }

    private static int LongDecimal(long value, Span<byte> room)
    {
        if ((ulong)value < 100)
        {
            int tens = (int)value / 10;
            room[0] = (byte)('0' + tens);
            room[1] = (byte)('0' + (int)value - tens * 10);
            return 2;
        }

        Utf8Formatter.TryFormat(value, room, out int written);
        return written;
    }

    /// <summary>The unwritten rest, for writers that format in place; follow with <see cref="Advance"/>.</summary>
    public Span<byte> Rest() => _bytes.AsSpan(_length);

    public void Advance(int count) => _length += count;

    /// <summary>Overwrites earlier bytes, for lengths that are known only afterwards.</summary>
    public Span<byte> At(int offset, int count) => _bytes.AsSpan(offset, count);

    public void Reset() => _length = 0;

    public void Dispose()
    {
        if (_bytes.Length != 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private bool Grow(int count)
    {
        // The slack lets a writer ask for a generous bound without failing just below the limit.
        const int slack = 64;
        if (count < 0 || (long)_length + count > (long)limit + slack)
        {
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(
            (int)Math.Min(Math.Max((long)_length + count, _bytes.Length * 2L), Array.MaxLength));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
        return true;
    }
}
