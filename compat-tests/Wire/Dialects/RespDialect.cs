using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>
/// RESP: words separated by blanks, in double quotes when they hold blanks, become an array of bulk strings. Replies
/// are printed one value a line, elements of aggregates indented.
/// </summary>
internal sealed class RespDialect : IDialect
{
    public string Name => "resp";

    public IReadOnlyList<string> Reset { get; } = ["FLUSHALL", "SCRIPT FLUSH"];

    public string? CountWaiting => "INFO clients";

    public IReadOnlyList<string> GeneratedNormalisers { get; } = ["long-ttl", "relative-expiry"];

    public void Encode(string line, Recollection memory, List<byte> into)
    {
        byte[][] arguments = [.. Words(line).Select(word => Escapes.Decode(word, memory))];
        into.AddRange(RespRequestWriter.Encode(arguments));
    }

    public byte[] Sentinel(int number) =>
        Requests.Resp("PING", $"!{number:0000000000}");

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
        if (RespReplyHead.TryRead(reply[at..], out RespReplyHead head) != ReplyStatus.Done)
            return false;
        ReadOnlySpan<byte> line = reply.Slice(at, head.Length - 2);
        int next = at + head.Length;
        string indent = new(' ', depth * 2);
        if (head.BulkLength >= 0)
        {
            int end = next + head.BulkLength;
            if (reply.Length < end + 2 || !reply[end..].StartsWith("\r\n"u8))
                return false;
            lines.Add($"{indent}{(char)line[0]}\"{Escapes.Encode(reply[next..end])}\"");
            at = end + 2;
            return true;
        }
        lines.Add(indent + Escapes.Encode(line));
        at = next;
        for (long i = 0; i < head.Count; i++)
        {
            if (!TryPrint(reply, ref at, depth + 1, lines))
                return false;
        }
        return true;
    }

    /// <summary>The words of a request as they are written.</summary>
    public static List<string> Words(string line)
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
            words.Add(line[start..Math.Min(i, line.Length)]);
            i++;
        }
        return words;
    }
}
