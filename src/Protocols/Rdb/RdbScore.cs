using System.Globalization;
using System.Text;

namespace SessionGateway.Protocols.Rdb;

/// <summary>Scores as text.</summary>
internal static class RdbScore
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number that fills the text, or an infinity; NaN is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double score)
    {
        ReadOnlySpan<byte> word = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8))
        {
            score = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        score = 0;
        return !text.ContainsAnyExcept("0123456789+-.eE"u8)
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out score);
    }

    /// <summary>Reads a score of type 3: its length, or 253 for NaN, 254 and 255 for the infinities.</summary>
    public static double Read(ref RdbCursor cursor)
    {
        byte length = cursor.Byte();
        double score = 0;
        switch (length)
        {
            case 253:
                cursor.Fail(RdbError.Score);
                break;
            case 254:
                score = double.PositiveInfinity;
                break;
            case 255:
                score = double.NegativeInfinity;
                break;
            default:
                ReadOnlySpan<byte> text = cursor.Take(length);
                if (cursor.IsRight && !TryParse(text, out score))
                {
                    cursor.Fail(RdbError.Score);
                }

                break;
        }

        return score;
    }

    /// <summary>Reads a score of eight bytes.</summary>
    public static double ReadBinary(ref RdbCursor cursor)
    {
        double score = BitConverter.Int64BitsToDouble(cursor.Int64());
        if (double.IsNaN(score))
        {
            cursor.Fail(RdbError.Score);
        }

        return score;
    }
}
