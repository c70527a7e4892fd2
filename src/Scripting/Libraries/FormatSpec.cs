using System.Globalization;

namespace SessionGateway.Scripting.Libraries;

/// <summary>One conversion of a format: <c>%[flags][width][.precision]c</c>.</summary>
internal readonly record struct FormatSpec(string Flags, int Width, int Precision, char Conversion)
{
    /// <summary>Blanks stand behind.</summary>
    public bool IsLeft => Flags.Contains('-');

    /// <summary>Reads what stands behind a percent sign, with the errors of Lua 5.1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> format, ref int at, out FormatSpec spec, out string? problem)
    {
        spec = default;
        problem = null;
        int start = at;
        while (at < format.Length && "-+ #0"u8.Contains(format[at]))
        {
            at++;
        }

        if (at - start >= 6)
        {
            problem = "invalid format (repeated flags)";
            return false;
        }

        string flags = System.Text.Encoding.Latin1.GetString(format[start..at]);
        int width = Digits(format, ref at);
        int precision = -1;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = Digits(format, ref at);
        }

        if (at < format.Length && char.IsAsciiDigit((char)format[at]))
        {
            problem = "invalid format (width or precision too long)";
            return false;
        }

        char conversion = at < format.Length ? (char)format[at++] : '\0';
        if (!"cdiouxXeEfgGqs".Contains(conversion))
        {
            problem = $"invalid option '%{(conversion == '\0' ? "" : conversion)}' to 'format'";
            return false;
        }

        spec = new FormatSpec(flags, width, precision, conversion);
        return true;
    }

    /// <summary>Formats a number.</summary>
    public string Format(double number)
    {
        switch (Conversion)
        {
            case 'c':
                return Pad(((char)(byte)LuaArguments.ToInt64(number)).ToString(), "", mayZero: false);
            case 'd' or 'i':
                long value = LuaArguments.ToInt64(number);
                string digits = value < 0 ? value.ToString(CultureInfo.InvariantCulture)[1..] : value.ToString(
                    CultureInfo.InvariantCulture);
                return Integer(digits, value < 0 ? "-" : Flags.Contains('+') ? "+" : Flags.Contains(' ') ? " " : "");
            case 'u':
                return Integer(Unsigned(number).ToString(CultureInfo.InvariantCulture), "");
            case 'o':
                string octal = Convert.ToString((long)Unsigned(number), 8);
                return Integer(Flags.Contains('#') && octal[0] != '0' ? "0" + octal : octal, "");
            case 'x' or 'X':
                ulong bits = Unsigned(number);
                return Integer(
                    bits.ToString(Conversion.ToString(), CultureInfo.InvariantCulture),
                    Flags.Contains('#') && bits != 0 ? $"0{Conversion}" : "");
            default:
                return Real(number);
        }
    }

    private static ulong Unsigned(double number) => number >= 9223372036854775808.0
        ? (number < 18446744073709551616.0 ? (ulong)number : 0) : (ulong)LuaArguments.ToInt64(number);

    private static int Digits(ReadOnlySpan<byte> format, ref int at)
    {
        int value = 0;
        for (int i = 0; i < 2 && at < format.Length && char.IsAsciiDigit((char)format[at]); i++)
        {
            value = (value * 10) + (format[at++] - '0');
        }

        return value;
    }

    private string Integer(string digits, string sign)
    {
        if (Precision >= 0)
        {
            digits = Precision == 0 && digits == "0" ? "" : digits.PadLeft(Precision, '0');
        }

        return Pad(digits, sign, mayZero: Precision < 0);
    }

    private string Real(double number)
    {
        int precision = Precision < 0 ? 6 : Precision;
        string text = char.ToLowerInvariant(Conversion) switch
        {
            'e' => LuaNumber.Scientific(number, precision),
            'f' => LuaNumber.Fixed(number, precision),
            _ => LuaNumber.FormatG(number, precision == 0 ? 1 : precision, Flags.Contains('#')),
        };
        string sign = text[0] == '-' ? "-" : Flags.Contains('+') ? "+" : Flags.Contains(' ') ? " " : "";
        text = text[0] == '-' ? text[1..] : text;
        text = char.IsUpper(Conversion) ? text.ToUpperInvariant() : text;
        return Pad(text, sign, mayZero: double.IsFinite(number));
    }

    private string Pad(string digits, string sign, bool mayZero)
    {
        int padding = Width - digits.Length - sign.Length;
        if (padding <= 0)
        {
            return sign + digits;
        }

        return IsLeft ? sign + digits + new string(' ', padding)
            : Flags.Contains('0') && mayZero ? sign + new string('0', padding) + digits
            : new string(' ', padding) + sign + digits;
    }
}
