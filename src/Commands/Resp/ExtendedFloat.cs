using System.Globalization;
using System.Numerics;
using System.Text;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// A number of x86's 80-bit format, the <c>long double</c> in which Redis keeps INCRBYFLOAT: 64 bits of mantissa,
/// rounded half to even. Value = <see cref="_mantissa"/> × 2^<see cref="_exponent"/>.
/// </summary>
internal readonly struct ExtendedFloat
{
    private const int MantissaBits = 64;
    private const int MaxExponent = 16384 - MantissaBits;
    private const int MinExponent = -16445;

    // Longest text that Redis reads (MAX_LONG_DOUBLE_CHARS).
    private const int MaxChars = 5 * 1024;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly bool _isInfinite;

    private ExtendedFloat(BigInteger mantissa, int exponent, bool isInfinite)
    {
        _mantissa = mantissa;
        _exponent = exponent;
        _isInfinite = isInfinite;
    }

    /// <summary>False for the infinities.</summary>
    public bool IsFinite => !_isInfinite;

    /// <summary>
    /// Reads decimal text as C's strtold does, blanks and NaN refused; hexadecimal floats are not read.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExtendedFloat value)
    {
        value = default;
        if (text.IsEmpty || text.Length > MaxChars)
        {
            return false;
        }

        bool negative = text[0] == (byte)'-';
        ReadOnlySpan<byte> rest = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(rest, "inf"u8) || Ascii.EqualsIgnoreCase(rest, "infinity"u8))
        {
            value = new ExtendedFloat(negative ? -1 : 1, 0, true);
            return true;
        }

        return TryParseDecimal(rest, negative, out value);
    }

    /// <summary>The rounded sum.</summary>
    public static ExtendedFloat Add(in ExtendedFloat a, in ExtendedFloat b)
    {
        if (a._isInfinite || b._isInfinite)
        {
            return a._isInfinite ? a : b;
        }

        int exponent = Math.Min(a._exponent, b._exponent);
        BigInteger sum = (a._mantissa << (a._exponent - exponent)) + (b._mantissa << (b._exponent - exponent));
        return Round(sum, 1, exponent);
    }

    /// <summary>As <c>%.17Lf</c> without trailing zeros.</summary>
    public override string ToString()
    {
        BigInteger scaled = BigInteger.Abs(_mantissa) * BigInteger.Pow(10, 17);
        scaled = _exponent >= 0 ? scaled << _exponent : DivideHalfEven(scaled, BigInteger.One << -_exponent);
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(18, '0');
        string text = $"{digits[..^17]}.{digits[^17..]}".TrimEnd('0').TrimEnd('.');
        return _mantissa.Sign < 0 && text != "0" ? "-" + text : text;
    }

    // [digits][.digits][e[sign]digits]
    private static bool TryParseDecimal(ReadOnlySpan<byte> text, bool negative, out ExtendedFloat value)
    {
        value = default;
        int exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> number = exponentAt < 0 ? text : text[..exponentAt];
        int exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(
            text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        int point = number.IndexOf((byte)'.');
        string digits = Encoding.Latin1.GetString(number);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var mantissa = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        if (negative)
        {
            mantissa = -mantissa;
        }

        // Beyond these the result is infinite or zero whatever the digits are; glibc calls both out of range.
        if (!mantissa.IsZero && exponent + (long)digits.Length is > 5000 or < -5000)
        {
            return false;
        }

        value = mantissa.IsZero ? default
            : exponent >= 0 ? Round(mantissa * BigInteger.Pow(10, exponent), 1, 0)
            : Round(mantissa, BigInteger.Pow(10, -exponent), 0);
        return value.IsFinite;
    }

    // numerator / denominator × 2^exponent
    private static ExtendedFloat Round(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero)
        {
            return default;
        }

        var magnitude = BigInteger.Abs(numerator);
        int shift = MantissaBits - (int)(magnitude.GetBitLength() - denominator.GetBitLength());
        BigInteger scaled;
        while (true)
        {
            shift = Math.Min(shift, exponent - MinExponent);
            scaled = shift >= 0
                ? DivideHalfEven(magnitude << shift, denominator)
                : DivideHalfEven(magnitude, denominator << -shift);
            if (scaled.GetBitLength() <= MantissaBits)
            {
                break;
            }

            shift--;
        }

        int final = exponent - shift;
        int top = final + (int)scaled.GetBitLength();
        return new ExtendedFloat(
            numerator.Sign < 0 ? -scaled : scaled, final, isInfinite: top > MaxExponent + MantissaBits);
    }

    private static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        int half = (remainder << 1).CompareTo(denominator);
        return half > 0 || half == 0 && !quotient.IsEven ? quotient + 1 : quotient;
    }
}
