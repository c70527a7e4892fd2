namespace SessionGateway.Store.Collections.Entries;

/// <summary>Numbers in as few bytes as they need: seven bits each, the lowest first, the top bit says that more
/// follow.</summary>
internal static class Varint
{
    /// <summary>Bytes of a number, 1 to 5.</summary>
    public static int SizeOf(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        < 1u << 28 => 4,
        _ => 5,
    };

    /// <summary>Reads a number at <paramref name="at"/> and moves on behind it.</summary>
    public static uint Read(ReadOnlySpan<byte> from, ref int at)
    {
        uint value = from[at++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            uint next = from[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Writes a number at <paramref name="at"/> and moves on behind it.</summary>
    public static void Write(Span<byte> to, uint value, ref int at)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at++] = (byte)value;
    }
}
