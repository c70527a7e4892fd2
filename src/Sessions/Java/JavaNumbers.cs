using System.Globalization;
using System.Numerics;

namespace SessionGateway.Sessions.Java;

/// <summary>Texts of Java's big numbers.</summary>
internal static class JavaNumbers
{
    /// <summary>Magnitudes beyond this stay objects: turning them into decimal takes time with the square of their
    /// length.</summary>
    public const int MaxMagnitudeBytes = 1024;

    private const int MaxPlainScale = 1000;

    public static string Text(int sign, ReadOnlySpan<byte> magnitude)
    {
        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        return (sign < 0 ? -value : value).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What <c>new BigDecimal(text)</c> reads with the same digits and scale.</summary>
    public static string Scaled(string digits, int scale)
    {
        if (scale == 0)
        {
            return digits;
        }

        if (scale is < 0 or > MaxPlainScale)
        {
            return digits + "E" + (-(long)scale).ToString("+0;-0", CultureInfo.InvariantCulture);
        }

        string sign = digits[0] == '-' ? "-" : "";
        string plain = digits[sign.Length..].PadLeft(scale + 1, '0');
        return $"{sign}{plain[..^scale]}.{plain[^scale..]}";
    }

    public static bool TryParse(string text, out BigInteger value) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value.GetByteCount() <= MaxMagnitudeBytes;

    /// <summary>The reverse of <see cref="Scaled"/>.</summary>
    public static bool TryParseScaled(string text, out BigInteger digits, out int scale)
    {
        scale = 0;
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent >= 0)
        {
            if (!int.TryParse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out scale))
            {
                digits = default;
                return false;
            }

            scale = -scale;
            text = text[..exponent];
        }

        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            scale += text.Length - point - 1;
            text = text.Remove(point, 1);
        }

        return TryParse(text, out digits);
    }
}
