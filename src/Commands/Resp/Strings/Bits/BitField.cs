using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>A number of some bits in a string: its type, its place and what is done to it (redis 7 bitops.c).</summary>
internal readonly struct BitField
{
    private BitField(BitFieldAction action, bool isSigned, int bits, long first, long operand, BitOverflow overflow)
    {
        Action = action;
        IsSigned = isSigned;
        Bits = bits;
        First = first;
        Operand = operand;
        Overflow = overflow;
    }

    /// <summary>What is done to it.</summary>
    public BitFieldAction Action { get; }

    /// <summary>Two's complement.</summary>
    public bool IsSigned { get; }

    /// <summary>Number of bits, up to 64, without a sign 63.</summary>
    public int Bits { get; }

    /// <summary>Its first bit.</summary>
    public long First { get; }

    /// <summary>Its last bit.</summary>
    public long Last => First + Bits - 1;

    /// <summary>New value, or increment.</summary>
    public long Operand { get; }

    /// <summary>What happens to a result that has no room.</summary>
    public BitOverflow Overflow { get; }

    /// <summary>Reads one from its type, place and operand, or writes the error.</summary>
    public static bool TryParse(
        in RespCall call, int type, BitFieldAction action, BitOverflow overflow, out BitField field)
    {
        field = default;
        ReadOnlySpan<byte> text = call[type];
        bool isSigned = text.Length > 0 && text[0] == 'i';
        if (text.Length == 0 || text[0] is not ((byte)'i' or (byte)'u')
            || !RespNumbers.TryInt64(text[1..], out long bits) || bits < 1 || bits > (isSigned ? 64 : 63))
        {
            call.Error("-ERR Invalid bitfield type. Use something like i16 u8. "u8
                + "Note that u64 is not supported but i64 is.\r\n"u8);
            return false;
        }

        long operand = 0;
        if (!TryPlace(call, type + 1, (int)bits, out long first)
            || (action != BitFieldAction.Get && !call.TryInteger(type + 2, out operand)))
        {
            return false;
        }

        field = new BitField(action, isSigned, (int)bits, first, operand, overflow);
        return true;
    }

    /// <summary>The number after the action.</summary>
    /// <param name="old">The number before.</param>
    /// <param name="result">The number after; meaningless when it fails.</param>
    /// <returns>False when it has no room and shall fail.</returns>
    public bool TryApply(long old, out long result)
    {
        long start = Action == BitFieldAction.Set ? Operand : old;
        long increment = Action == BitFieldAction.Set ? 0 : Operand;
        int sign = IsSigned ? OverflowOfSigned(start, increment) : OverflowOfUnsigned((ulong)start, increment);
        result = unchecked(start + increment);
        if (sign == 0)
        {
            return true;
        }

        if (Overflow == BitOverflow.Wrap)
        {
            result = Cut((ulong)result);
        }
        else if (Overflow == BitOverflow.Saturate)
        {
            result = sign > 0 ? Max : IsSigned ? -Max - 1 : 0;
        }

        return Overflow != BitOverflow.Fail;
    }

    /// <summary>The lowest bits of a number, as one of this type.</summary>
    public long Cut(ulong bits)
    {
        if (Bits == 64)
        {
            return (long)bits;
        }

        ulong mask = (1UL << Bits) - 1;
        bool isNegative = IsSigned && (bits & (1UL << (Bits - 1))) != 0;
        return (long)(isNegative ? bits | ~mask : bits & mask);
    }

    private long Max => Bits == 64 ? long.MaxValue : (1L << (IsSigned ? Bits - 1 : Bits)) - 1;

    // The differences wrap around as Redis has them: a number far below all others counts as too large.
    private int OverflowOfUnsigned(ulong value, long increment)
    {
        ulong max = (ulong)Max;
        long most = unchecked((long)(max - value)), least = unchecked(-(long)value);
        if (value > max || (increment > 0 && increment > most))
        {
            return 1;
        }

        return increment < 0 && increment < least ? -1 : 0;
    }

    private int OverflowOfSigned(long value, long increment)
    {
        long max = Max, min = -max - 1;
        long most = unchecked(max - value), least = unchecked(min - value);
        if (value > max || (Bits != 64 && increment > most) || (value >= 0 && increment > 0 && increment > most))
        {
            return 1;
        }

        return value < min || (Bits != 64 && increment < least) || (value < 0 && increment < 0 && increment < least)
            ? -1 : 0;
    }

    // #n is the n-th number of this size.
    private static bool TryPlace(in RespCall call, int index, int bits, out long first)
    {
        ReadOnlySpan<byte> text = call[index];
        bool isCounted = text.Length > 0 && text[0] == '#';
        if (RespNumbers.TryInt64(isCounted ? text[1..] : text, out first) && first >= 0)
        {
            long most = call.Services.Limits.MaxBulkBytes * 8L;
            first = isCounted && first > most ? most : isCounted ? first * bits : first;
            if (first < most)
            {
                return true;
            }
        }

        call.Error("-ERR bit offset is not an integer or out of range\r\n"u8);
        return false;
    }
}
