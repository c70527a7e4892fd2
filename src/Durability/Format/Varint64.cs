namespace SessionGateway.Durability.Format;

/// <summary>Numbers in as few bytes as they need: seven bits each, the lowest first, the top bit says that more follow.
/// Signed ones alternate: 0, -1, 1, -2 …</summary>
internal static class Varint64
{
    /// <summary>Most bytes of a number.</summary>
    public const int MostBytes = 10;

    public static void Write(Span<byte> to, ulong value, ref int at)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at++] = (byte)value;
    }

    public static void WriteSigned(Span<byte> to, long value, ref int at) =>
        Write(to, (ulong)(value << 1) ^ (ulong)(value >> 63), ref at);

    /// <summary>False when there is no whole number at the place.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, ref int at, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 7 * MostBytes; shift += 7)
        {
            if (at >= from.Length)
            {
                return false;
            }

            ulong next = from[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    public static bool TryReadSigned(ReadOnlySpan<byte> from, ref int at, out long value)
    {
        bool isRead = TryRead(from, ref at, out ulong raw);
        value = (long)(raw >> 1) ^ -(long)(raw & 1);
        return isRead;
    }
}
