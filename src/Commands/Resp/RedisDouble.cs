using System.Globalization;
using System.Text;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// Doubles as Redis reads them with C's strtod. Hexadecimal numbers are not read.
/// </summary>
internal static class RedisDouble
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number that fills the text and fits a double (redis 7 object.c, getDoubleFromObject).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryWord(text, out value))
        {
            return true;
        }

        if (!TryDigits(text, out value) || double.IsInfinity(value))
        {
            return false;
        }

        // What is too small to be told from zero is out of range for strtod.
        return value != 0 || !MantissaOf(text).ContainsAnyInRange((byte)'1', (byte)'9');
    }

    /// <summary>Reads a bound of a range (redis 7 t_zset.c, zslParseRange): blanks may come first, nothing is 0, what
    /// does not fit is infinite.</summary>
    public static bool TryParseBound(ReadOnlySpan<byte> text, out double value)
    {
        text = text.TrimStart(" \t\n\v\f\r"u8);
        value = 0;
        return text.IsEmpty || TryWord(text, out value) || TryDigits(text, out value);
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return !text.ContainsAnyExcept("0123456789+-.eE"u8)
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryWord(ReadOnlySpan<byte> text, out double value)
    {
        ReadOnlySpan<byte> word = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        bool isInfinity = Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
        value = text is [(byte)'-', ..] ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinity;
    }

    private static ReadOnlySpan<byte> MantissaOf(ReadOnlySpan<byte> text)
    {
        int exponent = text.IndexOfAny((byte)'e', (byte)'E');
        return exponent < 0 ? text : text[..exponent];
    }
}
