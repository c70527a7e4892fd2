namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Numbers as Redis reads them (util.c, string2ll): no blanks, no plus sign, no leading zeros, 64 bits.
/// </summary>
public static class RespNumbers
{
    /// <summary>Reads a signed 64-bit number that fills the whole span.</summary>
    public static bool TryInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        ReadOnlySpan<byte> digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > 19)
        {
            return false;
        }

        if (digits[0] == (byte)'0')
        {
            return text.Length == 1;
        }

        ulong magnitude = 0;
        foreach (byte b in digits)
        {
            uint digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            magnitude = magnitude * 10 + digit; // 19 digits stay below 2^64
        }

        if (magnitude > (ulong)long.MaxValue + (negative ? 1u : 0u))
        {
            return false;
        }

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }
}
