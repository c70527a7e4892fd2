using System.Globalization;
using System.Text;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary><c>string.format</c> of Lua 5.1 (lstrlib.c) with the conversions of C's printf.</summary>
internal sealed class FormatLibrary : ILuaLibrary
{
    // A few milliseconds.
    private const int MaxBytes = 4 << 20;

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions => [("format", Format)];

    private static int Format(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> format))
        {
            return frame.WrongType("format", 1, "string");
        }

        var result = new List<byte>(format.Length + 32);
        int argument = 1;
        for (int at = 0; at < format.Length;)
        {
            byte c = format[at++];
            if (c != '%')
            {
                result.Add(c);
                continue;
            }

            if (at < format.Length && format[at] == '%')
            {
                result.Add((byte)'%');
                at++;
                continue;
            }

            if (!FormatSpec.TryRead(format, ref at, out FormatSpec spec, out string? problem))
            {
                return frame.Fail(problem!);
            }

            argument++;
            if (argument > frame.Count)
            {
                return frame.BadArgument("format", argument, "no value");
            }

            if (spec.Conversion is 'q' or 's')
            {
                if (!frame.TryText(argument, out ReadOnlySpan<byte> text))
                {
                    return frame.WrongType("format", argument, "string");
                }

                if (text.Length + result.Count > Math.Min(frame.State.BytesLeft, MaxBytes))
                {
                    return frame.Fail("not enough memory");
                }

                if (spec.Conversion == 'q')
                {
                    Quote(result, text);
                }
                else
                {
                    AddText(result, spec, text);
                }

                continue;
            }

            if (!frame.TryNumber(argument, out double number))
            {
                return frame.WrongType("format", argument, "number");
            }

            result.AddRange(Encoding.Latin1.GetBytes(spec.Format(number)));
        }

        frame.State.Spend(result.Count / 4096, frame);
        frame.Push(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(result));
        return 1;
    }

    private static void AddText(List<byte> result, in FormatSpec spec, ReadOnlySpan<byte> text)
    {
        // Long strings are copied as they are, others end at a zero as C's do.
        if (spec.Precision >= 0 || text.Length < 100)
        {
            int zero = text.IndexOf((byte)0);
            text = zero < 0 ? text : text[..zero];
            text = spec.Precision >= 0 && spec.Precision < text.Length ? text[..spec.Precision] : text;
            int padding = Math.Max(spec.Width - text.Length, 0);
            byte[] blanks = new byte[padding];
            blanks.AsSpan().Fill((byte)' ');
            result.AddRange(spec.IsLeft ? [] : blanks);
            result.AddRange(text);
            result.AddRange(spec.IsLeft ? blanks : []);
            return;
        }

        result.AddRange(text);
    }

    private static void Quote(List<byte> result, ReadOnlySpan<byte> text)
    {
        result.Add((byte)'"');
        foreach (byte c in text)
        {
            switch (c)
            {
                case (byte)'"' or (byte)'\\' or (byte)'\n':
                    result.Add((byte)'\\');
                    result.Add(c);
                    break;
                case (byte)'\r':
                    result.AddRange("\\r"u8);
                    break;
                case 0:
                    result.AddRange("\\000"u8);
                    break;
                default:
                    result.Add(c);
                    break;
            }
        }

        result.Add((byte)'"');
    }
}
