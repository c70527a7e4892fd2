using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>memcached text: a request line gets its CR LF; replies are printed by lines, a data block as one.</summary>
internal sealed class MemcachedTextDialect : IDialect
{
    // Its own key, rewritten each time, so that flushes in between do not matter.
    private const string SentinelKey = "!sentinel";

    public string Name => "memcached-text";

    public IReadOnlyList<string> Reset { get; } = ["flush_all"];

    public IReadOnlyList<string> GeneratedNormalisers { get; } = [];

    public void Encode(string line, Recollection memory, List<byte> into)
    {
        into.AddRange(Escapes.Decode(line, memory));
        into.AddRange("\r\n"u8);
    }

    public byte[] Sentinel(int number) =>
        Encoding.Latin1.GetBytes($"set {SentinelKey} 0 0 10\r\n{number:0000000000}\r\nget {SentinelKey}\r\n");

    public bool EndsWithSentinel(ReadOnlySpan<byte> reply, int number, out int start)
    {
        byte[] answer = Encoding.Latin1.GetBytes(
            $"STORED\r\nVALUE {SentinelKey} 0 10\r\n{number:0000000000}\r\nEND\r\n");
        start = reply.Length - answer.Length;
        return reply.EndsWith(answer);
    }

    public void Print(ReadOnlySpan<byte> reply, Recollection memory, List<string> lines)
    {
        while (reply.Length > 0)
        {
            int end = reply.IndexOf("\r\n"u8);
            if (end < 0)
            {
                lines.Add($"(unfinished) {Escapes.Encode(reply)}");
                return;
            }
            ReadOnlySpan<byte> line = reply[..end];
            reply = reply[(end + 2)..];
            string[] words = Encoding.Latin1.GetString(line).Split(' ');
            if (words is ["VALUE", _, _, _] or ["VALUE", _, _, _, _]
                && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                && reply.Length >= length + 2)
            {
                lines.Add(PrintHeader(line, words, memory));
                lines.Add(length == 0 ? "(empty)" : Escapes.Encode(reply[..length]));
                reply = reply[length..];
                if (!reply.StartsWith("\r\n"u8))
                    lines.Add("(data block is not followed by CR LF)");
                else
                    reply = reply[2..];
            }
            else
            {
                lines.Add(Escapes.Encode(line));
            }
        }
    }

    private static string PrintHeader(ReadOnlySpan<byte> line, string[] words, Recollection memory)
    {
        if (words.Length != 5 || !ulong.TryParse(words[4], CultureInfo.InvariantCulture, out ulong cas))
            return Escapes.Encode(line);
        int casLength = words[4].Length;
        return Escapes.Encode(line[..^casLength]).Replace("\\s", " ") + memory.See(cas, words[1]);
    }
}
