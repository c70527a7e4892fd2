namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>Bits of a string, from the highest of its first byte on (redis 7 bitops.c).</summary>
/// <param name="First">Number of the first bit.</param>
/// <param name="Last">Number of the last bit; before the first one when there are none.</param>
internal readonly record struct BitRange(long First, long Last)
{
    /// <summary>All bits of a string.</summary>
    public static BitRange Of(int length) => new(0, (8L * length) - 1);

    /// <summary>A part between two places, counted in bits or bytes, from the end when negative.</summary>
    public static BitRange Between(long start, long end, bool countsBits, int length)
    {
        int unit = countsBits ? 1 : 8;
        long total = (long)length * 8 / unit;
        start = Math.Max(start < 0 ? start + total : start, 0);
        end = Math.Min(Math.Max(end < 0 ? end + total : end, 0), total - 1);
        return start > end ? new BitRange(0, -1) : new BitRange(start * unit, (end * unit) + unit - 1);
    }

    /// <summary>A bit, 0 beyond the end.</summary>
    public static int At(ReadOnlySpan<byte> value, long bit) =>
        bit >> 3 < value.Length ? (value[(int)(bit >> 3)] >> (int)(7 - (bit & 7))) & 1 : 0;

    /// <summary>Bits that are set.</summary>
    public long Count(ReadOnlySpan<byte> value)
    {
        long count = 0;
        long bit = First;
        for (; bit <= Last && (bit & 7) != 0; bit++)
        {
            count += At(value, bit);
        }

        for (; bit + 7 <= Last; bit += 8)
        {
            count += byte.PopCount(value[(int)(bit >> 3)]);
        }

        for (; bit <= Last; bit++)
        {
            count += At(value, bit);
        }

        return count;
    }

    /// <summary>Number of the first bit that is as wanted, or -1.</summary>
    public long Find(ReadOnlySpan<byte> value, int wanted)
    {
        int others = wanted == 0 ? 0xFF : 0;
        for (long bit = First; bit <= Last; bit++)
        {
            while ((bit & 7) == 0 && bit + 7 <= Last && value[(int)(bit >> 3)] == others)
            {
                bit += 8;
            }

            if (bit <= Last && At(value, bit) == wanted)
            {
                return bit;
            }
        }

        return -1;
    }

    /// <summary>Reads an argument as the number of a bit, or writes the error.</summary>
    public static bool TryOffset(in RespCall call, int index, out long bit)
    {
        if (Protocols.Resp.RespNumbers.TryInt64(call[index], out bit) && bit >= 0
            && bit >> 3 < call.Services.Limits.MaxBulkBytes)
        {
            return true;
        }

        call.Error("-ERR bit offset is not an integer or out of range\r\n"u8);
        return false;
    }

    /// <summary>Reads BIT or BYTE, or writes the error.</summary>
    public static bool TryUnit(in RespCall call, int index, out bool countsBits)
    {
        countsBits = call.Is(index, "bit"u8);
        if (countsBits || call.Is(index, "byte"u8))
        {
            return true;
        }

        call.Error(RespErrors.Syntax);
        return false;
    }
}
