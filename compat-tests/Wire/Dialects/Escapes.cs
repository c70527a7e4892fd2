using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>
/// Bytes as printable text and back: \r \n \t \0 \s (space) \\ \" \{ \xHH; {a*250} repeats one character;
/// {cas1}, {now+60} and the like are filled in from a <see cref="Recollection"/>.
/// </summary>
internal static class Escapes
{
    private const int ShortestRun = 24;

    public static byte[] Decode(string text, Recollection memory)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '{')
            {
                int end = text.IndexOf('}', i + 1);
                if (end < 0)
                    throw new FormatException($"'{{' without '}}': {text}");
                Fill(text[(i + 1)..end], memory, bytes);
                i = end + 1;
            }
            else
            {
                bytes.Add(One(text, ref i));
            }
        }
        return [.. bytes];
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.Length;)
        {
            int run = bytes[i..].IndexOfAnyExcept(bytes[i]);
            if (run < 0)
                run = bytes.Length - i;
            if (run >= ShortestRun)
            {
                text.Append(CultureInfo.InvariantCulture, $"{{{One(bytes[i])}*{run}}}");
                i += run;
            }
            else
            {
                text.Append(One(bytes[i++]));
            }
        }
        // Editors strip trailing blanks.
        if (text.Length > 0 && text[^1] == ' ')
            text.Remove(text.Length - 1, 1).Append("\\s");
        return text.ToString();
    }

    private static void Fill(string placeholder, Recollection memory, List<byte> bytes)
    {
        int star = placeholder.LastIndexOf('*');
        if (star > 0)
        {
            int at = 0;
            byte value = One(placeholder[..star], ref at);
            int count = int.Parse(placeholder[(star + 1)..], CultureInfo.InvariantCulture);
            bytes.AddRange(Enumerable.Repeat(value, count));
            return;
        }
        string filled = memory.Resolve(placeholder) ?? throw new FormatException($"unknown {{{placeholder}}}");
        bytes.AddRange(Encoding.Latin1.GetBytes(filled));
    }

    private static byte One(string text, ref int i)
    {
        char c = text[i++];
        if (c != '\\')
            return (byte)c;
        c = text[i++];
        if (c != 'x')
        {
            return c switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                's' => (byte)' ',
                '0' => 0,
                _ => (byte)c,
            };
        }
        i += 2;
        return byte.Parse(text.AsSpan(i - 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static string One(byte value) => value switch
    {
        (byte)'\r' => "\\r",
        (byte)'\n' => "\\n",
        (byte)'\t' => "\\t",
        (byte)'\\' or (byte)'"' or (byte)'{' => $"\\{(char)value}",
        < 0x20 or > 0x7e or (byte)'}' => $"\\x{value:x2}",
        _ => $"{(char)value}",
    };
}
