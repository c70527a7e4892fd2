using System.Globalization;
using System.Text;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Numbers as text in the way of C's printf and strtod, which Lua 5.1 uses.</summary>
internal static class LuaNumber
{
    /// <summary>Digits of a number in text (<c>%.14g</c>).</summary>
    public const int TextDigits = 14;

    /// <summary>Digits of a number that is an argument of a command (<c>%.17g</c>).</summary>
    public const int ArgumentDigits = 17;

    /// <summary>Formats as <c>%.Pg</c>.</summary>
    public static string Format(double value, int precision) => FormatG(value, precision, keepZeros: false);

    /// <summary>Formats as <c>%.Pg</c>, with <c>#</c> zeros at the end are kept.</summary>
    public static string FormatG(double value, int precision, bool keepZeros)
    {
        if (IsSpecial(value, out string special))
        {
            return special;
        }

        if (value == Math.Floor(value) && Math.Abs(value) < 1e9 && value != 0 && !keepZeros && precision >= 9)
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        }

        precision = Math.Max(precision, 1);
        string scientific = Scientific(value, precision - 1);
        int e = scientific.LastIndexOf('e');
        int exponent = int.Parse(scientific.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision)
        {
            return keepZeros ? scientific : TrimZeros(scientific[..e]) + scientific[e..];
        }

        string plain = value.ToString("F" + Math.Max(precision - 1 - exponent, 0), CultureInfo.InvariantCulture);
        plain = double.IsNegative(value) && plain[0] != '-' ? "-" + plain : plain;
        return keepZeros ? plain : TrimZeros(plain);
    }

    /// <summary>Formats as <c>%.Pe</c>.</summary>
    public static string Scientific(double value, int precision)
    {
        if (IsSpecial(value, out string special))
        {
            return special;
        }

        string text = value.ToString("e" + precision, CultureInfo.InvariantCulture);
        int e = text.LastIndexOf('e');
        string digits = text[(e + 2)..].TrimStart('0').PadLeft(2, '0');
        return $"{text[..(e + 2)]}{digits}";
    }

    /// <summary>Formats as <c>%.Pf</c>.</summary>
    public static string Fixed(double value, int precision)
    {
        if (IsSpecial(value, out string special))
        {
            return special;
        }

        string text = value.ToString("F" + precision, CultureInfo.InvariantCulture);
        return double.IsNegative(value) && text[0] != '-' ? "-" + text : text;
    }

    /// <summary>Reads what strtod takes as a whole, blanks around it allowed: decimal, hexadecimal, inf, nan.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        text = TrimBlanks(text);
        value = 0;
        if (text.IsEmpty || text.Length > 400)
        {
            return false;
        }

        bool isNegative = text[0] == '-';
        ReadOnlySpan<byte> digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (digits.IsEmpty)
        {
            return false;
        }

        if (digits.Length > 1 && digits[0] == '0' && (digits[1] | 0x20) == 'x')
        {
            if (!TryHex(digits[2..], out value))
            {
                return false;
            }
        }
        else if (char.IsAsciiLetter((char)digits[0]))
        {
            if (Ascii.EqualsIgnoreCase(digits, "inf"u8) || Ascii.EqualsIgnoreCase(digits, "infinity"u8))
            {
                value = double.PositiveInfinity;
            }
            else if (Ascii.EqualsIgnoreCase(digits, "nan"u8))
            {
                value = BitConverter.UInt64BitsToDouble(0x7FF8000000000000);
            }
            else
            {
                return false;
            }
        }
        else if (digits[0] is (byte)'-' or (byte)'+' || !double.TryParse(
            digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return true;
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool any = false;
        int scale = 0;
        bool isBehindPoint = false;
        int at = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && !isBehindPoint)
            {
                isBehindPoint = true;
            }
            else if (char.IsAsciiHexDigit((char)text[at]))
            {
                any = true;
                value = (value * 16) + Convert.ToInt32(((char)text[at]).ToString(), 16);
                scale -= isBehindPoint ? 4 : 0;
            }
            else
            {
                break;
            }
        }

        if (at < text.Length && (text[at] | 0x20) == 'p'
            && int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out int exponent))
        {
            scale += exponent;
            at = text.Length;
        }

        value = Math.ScaleB(value, scale);
        return any && at == text.Length;
    }

    private static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] is (byte)' ' or >= 9 and <= 13)
        {
            text = text[1..];
        }

        while (!text.IsEmpty && text[^1] is (byte)' ' or >= 9 and <= 13)
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsSpecial(double value, out string text)
    {
        text = double.IsNaN(value) ? (double.IsNegative(value) ? "-nan" : "nan")
            : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : "";
        return text.Length > 0;
    }

    private static string TrimZeros(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}
