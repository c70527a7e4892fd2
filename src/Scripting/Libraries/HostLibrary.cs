using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Scripting.Native;
using SessionGateway.Scripting.Syntax;

namespace SessionGateway.Scripting.Libraries;

/// <summary>What the prelude needs: texts of numbers, words of messages, compiling, joining.</summary>
internal sealed partial class HostLibrary : ILuaLibrary
{
    // Compiling is one step, of some milliseconds then. Scripts that make code make a line of it.
    private const int MostTextBytes = 16 * 1024;

    private const int BytesPerMicrosecond = 4;

    // Of a concatenation: the operand that is no text.
    private string? _operand;

    /// <summary>Names of what the arithmetic of the script that runs works on, by line and operator.</summary>
    public LuaOperands? Operands { get; set; }

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        ("text", Text), ("number", Number), ("numbertext", NumberText), ("parse", Parse), ("tonumber", ToNumber), (
            "fix", Fix),
        ("taken", Taken), ("addresstext", AddressText), ("translate", Translate), ("kilobytes", Kilobytes), ("join",
            Join),
        ("errortext", ErrorText), ("sha1hex", Sha1Hex), ("operand", Operand), ("spend", Spend),
    ];

    // An operand of a concatenation: a number becomes text; of others the name is kept for the message.
    private int Text(LuaFrame frame)
    {
        switch (frame.TypeOf(1))
        {
            case LuaType.String:
                break;
            case LuaType.Number:
                frame.Push(LuaNumber.Format(frame.Number(1), LuaNumber.TextDigits));
                return 1;
            default:
                _operand = frame.TypeOf(2) == LuaType.String ? Encoding.Latin1.GetString(frame.Bytes(2)) : null;
                break;
        }

        frame.SetCount(1);
        return 1;
    }

    // A bound of a for loop.
    private static int Number(LuaFrame frame)
    {
        if (frame.TypeOf(1) == LuaType.String && LuaNumber.TryParse(frame.Bytes(1), out double number))
        {
            frame.Push(number);
            return 1;
        }

        if (frame.TypeOf(1) == LuaType.Number)
        {
            // A loop over integers would be one of integers.
            frame.Push(frame.Number(1));
            return 1;
        }

        frame.SetCount(1);
        return 1;
    }

    private static int NumberText(LuaFrame frame)
    {
        frame.Push(LuaNumber.Format(frame.Number(1), LuaNumber.TextDigits));
        return 1;
    }

    private static int Parse(LuaFrame frame)
    {
        if (LuaNumber.TryParse(frame.Bytes(1), out double number))
        {
            frame.Push(number);
        }
        else
        {
            frame.PushNil();
        }

        return 1;
    }

    // strtoul with a base
    private static int ToNumber(LuaFrame frame)
    {
        if (!frame.TryNumber(2, out double radix))
        {
            return frame.WrongType("tonumber", 2, "number");
        }

        if (!frame.TryText(1, out ReadOnlySpan<byte> bytes))
        {
            return frame.WrongType("tonumber", 1, "string");
        }

        if (radix is < 2 or > 36)
        {
            return frame.BadArgument("tonumber", 2, "base out of range");
        }

        string text = Encoding.Latin1.GetString(bytes).Trim(' ', '\t', '\n', '\r', '\f', '\v');
        bool isNegative = text.StartsWith('-');
        text = text.TrimStart('-', '+').ToLowerInvariant();
        text = (int)radix == 16 && text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        ulong value = 0;
        foreach (char c in text)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterLower(c) ? c - 'a' + 10 : 99;
            if (digit >= (int)radix)
            {
                frame.PushNil();
                return 1;
            }

            UInt128 next = ((UInt128)value * (ulong)radix) + (ulong)digit;
            value = next > ulong.MaxValue ? ulong.MaxValue : (ulong)next;
        }

        if (text.Length == 0)
        {
            frame.PushNil();
        }
        else
        {
            frame.Push((double)(isNegative ? unchecked(0 - value) : value));
        }

        return 1;
    }

    // What 5.4 says about a value as 5.1 does: "attempt to index local 'x' (a nil value)".
    private int Fix(LuaFrame frame)
    {
        string message = Encoding.Latin1.GetString(frame.Bytes(1));
        if (message.StartsWith("prelude:", StringComparison.Ordinal))
        {
            message = message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        }

        if (message.Contains("bad 'for' ", StringComparison.Ordinal))
        {
            message = Bound().Replace(message, "'for' $1 must be a number");
        }

        if (!message.Contains("attempt to ", StringComparison.Ordinal))
        {
            frame.Push(message);
            return 1;
        }

        message = Named().Replace(message, m =>
            m.Groups[3].Value == "for iterator" ? $"{m.Groups[1].Value}a {m.Groups[2].Value} value"
            : $"{m.Groups[1].Value}{m.Groups[3].Value} '{m.Groups[4].Value}' (a {m.Groups[2].Value} value)");
        if (_operand is { } operand)
        {
            message = Concatenated().Replace(message, m =>
                $"attempt to concatenate {operand} (a {m.Groups[1].Value} value)");
        }

        _operand = null;
        frame.Push(message);
        return 1;
    }

    // operator, line, right → the name of what it works on, or nil
    private int Operand(LuaFrame frame)
    {
        string name = Encoding.Latin1.GetString(frame.Bytes(1));
        if (Operands?.Find(name, (int)frame.Number(2), frame.Truth(3)) is { } operand)
        {
            frame.Push(operand);
        }
        else
        {
            frame.PushNil();
        }

        return 1;
    }

    private static int Spend(LuaFrame frame)
    {
        frame.State.Spend((long)frame.Number(1), frame);
        return 0;
    }

    private static int Taken(LuaFrame frame)
    {
        frame.Push(frame.State.IsTaken);
        return 1;
    }

    private static int AddressText(LuaFrame frame)
    {
        frame.Push($"{frame.TypeName(1)}: 0x{((long)frame.Address(1)).ToString("x", CultureInfo.InvariantCulture)}");
        return 1;
    }

    private static int Translate(LuaFrame frame)
    {
        string name = frame.TypeOf(2) == LuaType.String ? Encoding.Latin1.GetString(frame.Bytes(2)) : "?";
        ReadOnlySpan<byte> bytes = frame.Bytes(1);
        if (bytes.Length > MostTextBytes)
        {
            frame.Push(false);
            frame.Push($"{ChunkName.Of(name)}: text is longer than {MostTextBytes} bytes");
            return 2;
        }

        frame.State.Spend(bytes.Length / BytesPerMicrosecond, frame);
        string text = Encoding.Latin1.GetString(bytes);
        if (text.StartsWith('\x1B'))
        {
            frame.Push(false);
            frame.Push($"{ChunkName.Of(name)}: bad header in precompiled chunk");
            return 2;
        }

        frame.Push(Lua51Translator.TryTranslate(text, ChunkName.Of(name), out string result, out _));
        frame.Push(result);
        return 2;
    }

    private static int Kilobytes(LuaFrame frame)
    {
        frame.Push(frame.State.UsedBytes / 1024.0);
        return 1;
    }

    // table, separator, from, to: not more than some thousand elements
    private static int Join(LuaFrame frame)
    {
        ReadOnlySpan<byte> separator = frame.Bytes(2);
        long from = (long)frame.Number(3);
        long to = (long)frame.Number(4);
        long length = 0;
        for (long at = from; at <= to; at++)
        {
            frame.Get(1, at);
            if (!frame.TryText(-1, out ReadOnlySpan<byte> text))
            {
                return frame.Fail($"invalid value ({frame.TypeName(-1)}) at index {at} in table for 'concat'");
            }

            length += text.Length + (at < to ? separator.Length : 0);
            frame.Pop();
        }

        if (length > frame.State.BytesLeft)
        {
            return frame.Fail("not enough memory");
        }

        frame.State.Spend(((to - from) / 10) + (length / 4096), frame);
        frame.Push((int)length, new Joined(frame, separator, from, to), static (made, joined) => joined.Fill(made));
        return 1;
    }

    // redis.error_reply: a code in front, no line ends behind; C strings end at a zero.
    private static int ErrorText(LuaFrame frame)
    {
        string text = Encoding.Latin1.GetString(frame.Bytes(1));
        int zero = text.IndexOf('\0', StringComparison.Ordinal);
        text = zero < 0 ? text : text[..zero];
        text = text.StartsWith('-') ? text[1..] : text;
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        string code = blank < 0 ? "ERR" : text[..blank];
        frame.Push($"{code} {(blank < 0 ? text : text[(blank + 1)..]).Trim('\r', '\n')}");
        return 1;
    }

    private static int Sha1Hex(LuaFrame frame)
    {
        frame.TryText(1, out ReadOnlySpan<byte> text);
        frame.State.Spend(text.Length / 128, frame);
        Span<byte> hash = stackalloc byte[Sha1.Bytes];
        Sha1.Of(text, hash);
        frame.Push(Convert.ToHexStringLower(hash));
        return 1;
    }

    private readonly ref struct Joined(LuaFrame frame, ReadOnlySpan<byte> separator, long from, long to)
    {
        private readonly ReadOnlySpan<byte> _separator = separator;

        public void Fill(Span<byte> made)
        {
            for (long at = from; at <= to; at++)
            {
                frame.Get(1, at);
                frame.TryText(-1, out ReadOnlySpan<byte> text);
                text.CopyTo(made);
                made = made[text.Length..];
                frame.Pop();
                if (at < to)
                {
                    _separator.CopyTo(made);
                    made = made[_separator.Length..];
                }
            }
        }
    }

    [GeneratedRegex(@"(attempt to (?:index|call|perform arithmetic on|concatenate|get length of) )"
        + @"a (\w+) value \(([\w ]+) '((?:[^'\n])*)'\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"bad 'for' (limit|initial value|step) \(number expected, got \w+( \w+)?\)")]
    private static partial Regex Bound();

    [GeneratedRegex(@"attempt to concatenate a (\w+) value$")]
    private static partial Regex Concatenated();
}
