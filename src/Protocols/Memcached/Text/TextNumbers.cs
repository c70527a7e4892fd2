using System.Buffers.Text;

namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Numbers as memcached's util.c reads them (safe_strtol and kin on whole words).</summary>
public static class TextNumbers
{
    /// <summary>A signed 32-bit number: exptime, length.</summary>
    public static bool TryInt32(ReadOnlySpan<byte> word, out int value)
    {
        value = 0;
        return Utf8Parser.TryParse(word, out long number, out int used) && used == word.Length
            && number is >= int.MinValue and <= int.MaxValue && (value = (int)number) == number;
    }

    /// <summary>An unsigned 32-bit number: client flags.</summary>
    public static bool TryUInt32(ReadOnlySpan<byte> word, out uint value)
    {
        bool ok = TryUInt64(word, out ulong number) && number <= uint.MaxValue;
        value = ok ? (uint)number : 0;
        return ok;
    }

    /// <summary>
    /// An unsigned 64-bit number. strtoull wraps negative numbers; memcached refuses the result only when it is so
    /// large that its top bit is set, so that -1 is refused while -18446744073709551615 reads as 1.
    /// </summary>
    public static bool TryUInt64(ReadOnlySpan<byte> word, out ulong value)
    {
        value = 0;
        bool negative = word.Length > 0 && word[0] == (byte)'-';
        if (word.Length > 0 && word[0] is (byte)'-' or (byte)'+')
        {
            word = word[1..];
        }

        if (word.IsEmpty || word[0] is < (byte)'0' or > (byte)'9'
            || !Utf8Parser.TryParse(word, out value, out int used) || used != word.Length)
        {
            return false;
        }

        if (negative)
        {
            value = 0 - value;
            return (long)value >= 0;
        }

        return true;
    }
}
