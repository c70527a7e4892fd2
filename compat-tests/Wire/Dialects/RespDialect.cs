using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>
/// RESP: words separated by blanks, in double quotes when they hold blanks, become an array of bulk strings. Replies
/// are printed one value a line, elements of aggregates indented.
/// </summary>
internal sealed class RespDialect : IDialect
{
    public string Name => "resp";

    public IReadOnlyList<string> Reset { get; } = ["FLUSHALL", "SCRIPT FLUSH"];

    public IReadOnlyList<string> GeneratedNormalisers { get; } = ["long-ttl", "relative-expiry"];

    public void Encode(string line, Recollection memory, List<byte> into)
    {
        List<string> words = Words(line);
        into.AddRange(Encoding.Latin1.GetBytes($"*{words.Count}\r\n"));
        foreach (string word in words)
        {
            byte[] bytes = Escapes.Decode(word, memory);
            into.AddRange(Encoding.Latin1.GetBytes($"${bytes.Length}\r\n"));
            into.AddRange(bytes);
            into.AddRange("\r\n"u8);
        }
    }

    public byte[] Sentinel(int number) =>
        Encoding.Latin1.GetBytes($"*2\r\n$4\r\nPING\r\n$11\r\n!{number:0000000000}\r\n");

    public bool EndsWithSentinel(ReadOnlySpan<byte> reply, int number, out int start)
    {
        byte[] answer = Encoding.Latin1.GetBytes($"$11\r\n!{number:0000000000}\r\n");
        start = reply.Length - answer.Length;
        if (!reply.EndsWith(answer))
            return false;
        // A RESP2 connection with subscriptions answers PING with an array.
        ReadOnlySpan<byte> subscribed = "*2\r\n$4\r\npong\r\n"u8;
        if (reply[..start].EndsWith(subscribed))
            start -= subscribed.Length;
        return true;
    }

    public void Print(ReadOnlySpan<byte> reply, Recollection memory, List<string> lines)
    {
        int at = 0;
        while (at < reply.Length)
        {
            if (!TryPrint(reply, ref at, 0, lines))
            {
                lines.Add($"(unfinished) {Escapes.Encode(reply[at..])}");
                return;
            }
        }
    }

    private static bool TryPrint(ReadOnlySpan<byte> reply, ref int at, int depth, List<string> lines)
    {
        int end = reply[at..].IndexOf("\r\n"u8);
        if (end < 0)
            return false;
        ReadOnlySpan<byte> line = reply.Slice(at, end);
        int next = at + end + 2;
        string indent = new(' ', depth * 2);
        bool counted = line.Length > 1 && line[0] is (byte)'$' or (byte)'=' or (byte)'!';
        if (counted && TryLength(line[1..], out int length))
        {
            if (reply.Length < next + length + 2 || !reply[(next + length)..].StartsWith("\r\n"u8))
                return false;
            lines.Add($"{indent}{(char)line[0]}\"{Escapes.Encode(reply.Slice(next, length))}\"");
            at = next + length + 2;
            return true;
        }
        lines.Add(indent + Escapes.Encode(line));
        at = next;
        bool aggregate = line.Length > 1 && line[0] is (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or (byte)'|';
        if (!aggregate || !TryLength(line[1..], out int count))
            return true;
        int elements = line[0] is (byte)'%' or (byte)'|' ? count * 2 : count;
        for (int i = 0; i < elements; i++)
        {
            if (!TryPrint(reply, ref at, depth + 1, lines))
                return false;
        }
        return true;
    }

    private static bool TryLength(ReadOnlySpan<byte> digits, out int length) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length)
        && digits.SequenceEqual(Encoding.Latin1.GetBytes($"{length}")); // printing must not hide "$007"

    private static List<string> Words(string line)
    {
        var words = new List<string>();
        for (int i = 0; i < line.Length;)
        {
            if (line[i] == ' ')
            {
                i++;
                continue;
            }
            bool quoted = line[i] == '"';
            if (quoted)
                i++;
            int start = i;
            while (i < line.Length && line[i] != (quoted ? '"' : ' '))
                i += line[i] == '\\' ? 2 : 1;
            words.Add(line[start..i]);
            i++;
        }
        return words;
    }
}
