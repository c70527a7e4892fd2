namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>
/// Numbers as memcached's util.c reads them (safe_strtol and kin): white space before, a sign, digits, and then the end
/// of the word, a NUL or white space, behind which anything may follow. They are read with 64 bits; what is beyond
/// those is refused, and where memcached keeps 32 bits, the low ones are kept.
/// </summary>
public static class TextNumbers
{
    /// <summary>First of the numbers that clients mean as small negative ones: 30 days before 2^32.</summary>
    private const long FirstWrapped = (1L << 32) - (60 * 60 * 24 * 30);

    /// <summary>A signed number: the announced length of a data block as it stands there.</summary>
    public static bool TryInt64(ReadOnlySpan<byte> word, out long value)
    {
        value = 0;
        if (!TryMagnitude(word, out bool isNegative, out ulong magnitude)
            || magnitude > (isNegative ? 1UL << 63 : long.MaxValue))
        {
            return false;
        }

        value = isNegative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>A signed number of which memcached keeps 32 bits: the length of a data block.</summary>
    public static bool TryInt32(ReadOnlySpan<byte> word, out int value)
    {
        bool isNumber = TryInt64(word, out long number);
        value = (int)number;
        return isNumber;
    }

    /// <summary>
    /// An exptime: the low 32 bits, signed, as memcached has them. So 4294967295 is -1, which is what clients mean that
    /// have put a negative number into an unsigned one. From 2^31 to where those begin it is a time between 2038 and
    /// 2106 and stays one; memcached takes it for negative and ends the item.
    /// </summary>
    public static bool TryExptime(ReadOnlySpan<byte> word, out long exptime)
    {
        bool isNumber = TryInt64(word, out exptime);
        if (exptime is not (> int.MaxValue and < FirstWrapped))
        {
            exptime = (int)exptime;
        }

        return isNumber;
    }

    /// <summary>An unsigned number of which memcached keeps 32 bits: client flags.</summary>
    public static bool TryUInt32(ReadOnlySpan<byte> word, out uint value)
    {
        bool isNumber = TryUInt64(word, out ulong number);
        value = (uint)number;
        return isNumber;
    }

    /// <summary>
    /// An unsigned 64-bit number. strtoull wraps negative numbers; memcached refuses the result only when it is so
    /// large that its top bit is set, so that -1 is refused while -18446744073709551615 reads as 1.
    /// </summary>
    public static bool TryUInt64(ReadOnlySpan<byte> word, out ulong value)
    {
        value = 0;
        if (!TryMagnitude(word, out bool isNegative, out ulong magnitude))
        {
            return false;
        }

        ulong number = isNegative ? 0 - magnitude : magnitude;
        if ((long)number < 0 && word.Contains((byte)'-'))
        {
            return false;
        }

        value = number;
        return true;
    }

    private static bool TryMagnitude(ReadOnlySpan<byte> word, out bool isNegative, out ulong magnitude)
    {
        isNegative = false;
        magnitude = 0;
        int at = 0;
        while (at < word.Length && IsSpace(word[at]))
        {
            at++;
        }

        if (at < word.Length && word[at] is (byte)'-' or (byte)'+')
        {
            isNegative = word[at++] == (byte)'-';
        }

        int first = at;
        for (; at < word.Length && (uint)(word[at] - '0') <= 9; at++)
        {
            uint digit = (uint)(word[at] - '0');
            if (magnitude > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        return at > first && (at == word.Length || word[at] == 0 || IsSpace(word[at]));
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);
}
