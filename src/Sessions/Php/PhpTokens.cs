using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace SessionGateway.Sessions.Php;

/// <summary>The lexical parts of PHP's grammar.</summary>
internal static class PhpTokens
{
    // var_unserializer.re checks names of classes with exactly this set.
    private static readonly SearchValues<byte> ClassNameBytes = SearchValues.Create(
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_\\"u8,
            .. Enumerable.Range(0x7f, 0x81).Select(b => (byte)b)]);

    private const int MaxExactDigits = 15;

    private static ReadOnlySpan<double> PowersOfTen =>
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>iv = [+-]? [0-9]+ ; out of range is clamped, as PHP does (with a warning there).</summary>
    public static bool TryInteger(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        int start = at;
        bool negative = false;
        if (start < bytes.Length && (bytes[start] is (byte)'-' or (byte)'+'))
        {
            negative = bytes[start] == '-';
            start++;
        }

        int end = start;
        ulong magnitude = 0;
        bool overflow = false;
        for (; end < bytes.Length; end++)
        {
            uint digit = (uint)(bytes[end] - '0');
            if (digit > 9)
            {
                break;
            }

            overflow |= magnitude > (ulong.MaxValue - 9) / 10;
            magnitude = magnitude * 10 + digit;
        }

        if (end == start)
        {
            at = start;
            return false;
        }

        at = end;
        ulong limit = negative ? 1UL << 63 : long.MaxValue;
        magnitude = overflow || magnitude > limit ? limit : magnitude;
        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>uiv = [0-9]+ ; too large a number gives -1, since no input is that long.</summary>
    public static bool TryLength(ReadOnlySpan<byte> bytes, ref int at, out int value)
    {
        long length = 0;
        int start = at;
        int end = start;
        for (; end < bytes.Length; end++)
        {
            uint digit = (uint)(bytes[end] - '0');
            if (digit > 9)
            {
                break;
            }

            length = length > int.MaxValue ? length : length * 10 + digit;
        }

        at = end;
        value = length > int.MaxValue ? -1 : (int)length;
        return end != start;
    }

    /// <summary>"NAN" / "INF" / "-INF" / [+-]? digits with an optional point and exponent.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> bytes, ref int at, out double value)
    {
        if (TryShortDouble(bytes, ref at, out value))
        {
            return true;
        }

        int length = bytes[at..].IndexOf((byte)';');
        value = 0;
        if (length <= 0)
        {
            at = length < 0 ? bytes.Length : at;
            return false;
        }

        ReadOnlySpan<byte> text = bytes.Slice(at, length);
        if (text.SequenceEqual("NAN"u8))
        {
            // The quiet NaN that PHP has; double.NaN has the sign bit set.
            value = BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0000);
        }
        else if (text.SequenceEqual("INF"u8))
        {
            value = double.PositiveInfinity;
        }
        else if (text.SequenceEqual("-INF"u8))
        {
            value = double.NegativeInfinity;
        }
        else if (!IsNumber(text) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        at += length;
        return true;
    }

    /// <summary>
    /// Digits with an optional point, 15 at most, up to the semicolon: digits and power of ten are exact doubles then,
    /// and one division of them rounds as it must.
    /// </summary>
    private static bool TryShortDouble(ReadOnlySpan<byte> bytes, ref int at, out double value)
    {
        int end = at;
        bool negative = end < bytes.Length && bytes[end] == '-';
        end += negative ? 1 : 0;
        int start = end;
        int point = -1;
        long digits = 0;
        for (; end < bytes.Length; end++)
        {
            uint digit = (uint)(bytes[end] - '0');
            if (digit <= 9)
            {
                digits = digits * 10 + digit;
            }
            else if (bytes[end] == '.' && point < 0)
            {
                point = end;
            }
            else
            {
                break;
            }

            if (end - start > MaxExactDigits)
            {
                break;
            }
        }

        int count = end - start - (point < 0 ? 0 : 1);
        bool isWhole = end < bytes.Length && bytes[end] == ';' && count is > 0 and <= MaxExactDigits;
        double magnitude = isWhole && point >= 0 ? digits / PowersOfTen[end - point - 1] : digits;
        value = negative ? -magnitude : magnitude;
        at = isWhole ? end : at;
        return isWhole;
    }

    public static bool IsClassName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(ClassNameBytes);

    /// <summary>
    /// Decodes the text of an <c>S:</c> string: <paramref name="room"/>.Length characters, each plain or <c>\</c> and
    /// two hex digits. Gives the number of bytes consumed, or -1.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> room)
    {
        int at = 0;
        for (int i = 0; i < room.Length; i++)
        {
            if (at >= text.Length)
            {
                return -1;
            }

            if (text[at] != '\\')
            {
                room[i] = text[at++];
                continue;
            }

            if (text.Length - at < 3 || !Utf8Parser.TryParse(text.Slice(at + 1, 2), out byte value, out int used, 'X')
                || used != 2)
            {
                return -1;
            }

            room[i] = value;
            at += 3;
        }

        return at;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        int at = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int whole = Digits(text, ref at);
        int fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(text, ref at);
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (at < text.Length && (text[at] is (byte)'e' or (byte)'E'))
        {
            at++;
            at += at < text.Length && (text[at] is (byte)'-' or (byte)'+') ? 1 : 0;
            if (Digits(text, ref at) == 0)
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        return at - start;
    }
}
