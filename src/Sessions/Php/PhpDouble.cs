using System.Buffers.Text;
using System.Globalization;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// PHP's text of a double with serialize_precision -1: the shortest digits that read back the same; scientific if and
/// only if the decimal point would stand before position -3 or after position 17.
/// </summary>
internal static class PhpDouble
{
    /// <summary>Longest text: sign, 17 digits, up to 4 zeros and the point, or an exponent.</summary>
    public const int MaxLength = 32;

    // Each exact, as all powers of ten up to 22 are.
    private static ReadOnlySpan<double> Powers => [1, 10, 100, 1000, 10_000];

    public static int Format(double value, Span<byte> text)
    {
        if (!double.IsFinite(value))
        {
            ReadOnlySpan<byte> name = double.IsNaN(value) ? "NAN"u8 : value > 0 ? "INF"u8 : "-INF"u8;
            name.CopyTo(text);
            return name.Length;
        }

        if (value == 0)
        {
            ReadOnlySpan<byte> zero = double.IsNegative(value) ? "-0"u8 : "0"u8;
            zero.CopyTo(text);
            return zero.Length;
        }

        if (TryShort(value, text, out int written))
        {
            return written;
        }

        // E16 would not be the shortest; the default format is, as digits with an optional point and exponent.
        Span<byte> shortest = stackalloc byte[MaxLength];
        value.TryFormat(shortest, out int length, default, CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxLength];
        int count = Digits(shortest[..length], digits, out int point, out bool negative);
        return Layout(digits[..count], point, negative, text);
    }

    /// <summary>
    /// Numbers of at most 15 digits with at most 4 of them behind the point, which is what applications keep: m / 10^k
    /// with whole m. Two decimals of up to 15 digits are never the same double, so this one is the shortest where it
    /// reads back the same.
    /// </summary>
    private static bool TryShort(double value, Span<byte> text, out int written)
    {
        written = 0;
        double magnitude = Math.Abs(value);
        if (magnitude is < 0.001 or >= 1e11)
        {
            return false;
        }

        for (int places = 0; places < Powers.Length; places++)
        {
            long digits = (long)(magnitude * Powers[places] + 0.5);
            if (digits / Powers[places] != magnitude)
            {
                continue;
            }

            if (value < 0)
            {
                text[written++] = (byte)'-';
            }

            long whole = digits / (long)Powers[places];
            Utf8Formatter.TryFormat(whole, text[written..], out int length);
            written += length;
            if (places > 0)
            {
                text[written++] = (byte)'.';
                long fraction = digits - whole * (long)Powers[places];
                for (int at = places - 1; at >= 0; at--)
                {
                    text[written + at] = (byte)('0' + fraction % 10);
                    fraction /= 10;
                }

                written += places;
            }

            return true;
        }

        return false;
    }

    /// <summary>Collects the significant digits. The value is 0.DIGITS times ten to the power of
    /// <paramref name="point"/>.</summary>
    private static int Digits(ReadOnlySpan<byte> text, Span<byte> digits, out int point, out bool negative)
    {
        negative = text[0] == '-';
        int at = negative ? 1 : 0;
        int count = 0;
        point = 0;
        bool seenPoint = false;
        for (; at < text.Length && text[at] != 'E'; at++)
        {
            if (text[at] == '.')
            {
                seenPoint = true;
                continue;
            }

            if (count == 0 && text[at] == '0')
            {
                point -= seenPoint ? 1 : 0;
                continue;
            }

            digits[count++] = text[at];
            point += seenPoint ? 0 : 1;
        }

        if (at < text.Length)
        {
            Utf8Parser.TryParse(text[(at + 1 + (text[at + 1] == '+' ? 1 : 0))..], out int exponent, out _);
            point += exponent;
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int Layout(ReadOnlySpan<byte> digits, int point, bool negative, Span<byte> text)
    {
        int length = 0;
        if (negative)
        {
            text[length++] = (byte)'-';
        }

        if (point is < -3 or > 17)
        {
            text[length++] = digits[0];
            text[length++] = (byte)'.';
            if (digits.Length == 1)
            {
                text[length++] = (byte)'0';
            }

            digits[1..].CopyTo(text[length..]);
            length += digits.Length - 1;
            text[length++] = (byte)'E';
            int exponent = point - 1;
            text[length++] = (byte)(exponent < 0 ? '-' : '+');
            Utf8Formatter.TryFormat(Math.Abs(exponent), text[length..], out int written);
            return length + written;
        }

        if (point <= 0)
        {
            text[length++] = (byte)'0';
            text[length++] = (byte)'.';
            text.Slice(length, -point).Fill((byte)'0');
            length += -point;
            digits.CopyTo(text[length..]);
            return length + digits.Length;
        }

        int whole = Math.Min(point, digits.Length);
        digits[..whole].CopyTo(text[length..]);
        length += whole;
        text.Slice(length, point - whole).Fill((byte)'0');
        length += point - whole;
        if (digits.Length > whole)
        {
            text[length++] = (byte)'.';
            digits[whole..].CopyTo(text[length..]);
            length += digits.Length - whole;
        }

        return length;
    }
}
