using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.Gateway.Transfer.Sources;

/// <summary>
/// A running memcached: <c>lru_crawler metadump all</c> names keys and their times, <c>get</c> has values and flags.
/// They go to the gateway by the same protocol.
/// </summary>
internal sealed class MemcachedSource(
    ToolConnection names, ToolConnection values, TextPipeline? target, TransferReport report, bool replaces)
{
    private const int KeysPerGet = 50;

    private readonly List<(byte[] Key, long Exptime)> _batch = [];
    private readonly Queue<byte[]> _waiting = new();

    /// <summary>Moves all keys.</summary>
    /// <exception cref="SessionToolException">A server does not answer, or not as one does.</exception>
    public void Run()
    {
        names.Send("lru_crawler metadump all\r\n"u8);
        while (true)
        {
            // Keys end with a line feed alone.
            ReadOnlySpan<byte> line = names.ReadLine();
            if (line.SequenceEqual("END"u8))
            {
                break;
            }

            if (!line.StartsWith("key="u8))
            {
                throw line.StartsWith((byte)'-')
                    ? names.Foreign("memcached's text protocol", line) : names.Unexpected(line);
            }

            Name(Encoding.ASCII.GetString(line));
        }

        Fetch();
        Send();
    }

    // "key=a%20b exp=1700000000 la=… cas=… …"; exp=-1 without a time.
    private void Name(string line)
    {
        string[] words = line.Split(' ');
        byte[] key = Unescape(words[0][4..]);
        string? text = words.FirstOrDefault(word => word.StartsWith("exp=", StringComparison.Ordinal))?[4..];
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long exptime))
        {
            throw new SessionToolException($"memcached: unexpected line '{line}'");
        }

        if (exptime > 0 && exptime * 1000 <= report.Now)
        {
            report.Expired++;
        }
        else if (Array.Exists(key, b => b is <= 32 or 127))
        {
            report.Refuse(0, key, "the text protocol cannot name the key");
        }
        else
        {
            _batch.Add((key, Math.Max(exptime, 0)));
            if (_batch.Count == KeysPerGet)
            {
                Fetch();
            }
        }
    }

    private void Fetch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var request = new List<byte>("get"u8.ToArray());
        var times = new Dictionary<string, long>();
        foreach ((byte[] key, long exptime) in _batch)
        {
            request.Add((byte)' ');
            request.AddRange(key);
            times[Encoding.Latin1.GetString(key)] = exptime;
        }

        values.Send([.. request, .. "\r\n"u8]);
        for (TextReply reply = values.ReadText(); !reply.Is("END"u8); reply = values.ReadText())
        {
            if (!reply.IsValue || !times.Remove(Encoding.Latin1.GetString(reply.Key), out long exptime))
            {
                throw values.Unexpected(reply.Line);
            }

            Put(reply, exptime);
        }

        foreach ((string key, long exptime) in times)
        {
            if (exptime > 0 && exptime * 1000 <= report.Now)
            {
                report.Expired++;
            }
            else
            {
                // Evicted or deleted since it was named, or a collection of a gateway, which the protocol has not.
                report.Refuse(0, Encoding.Latin1.GetBytes(key), "no longer there, or no string");
            }
        }

        _batch.Clear();
        report.Look(0);
    }

    private void Put(in TextReply reply, long exptime)
    {
        if (target is null)
        {
            report.Taken++;
            return;
        }

        target.Store(replaces ? "set"u8 : "add"u8, reply.Key, reply.Flags, exptime, reply.Value);
        _waiting.Enqueue(reply.Key.ToArray());
        if (target.IsFull)
        {
            Send();
        }
    }

    private void Send()
    {
        target?.Flush();
        while (_waiting.TryDequeue(out byte[]? key))
        {
            TextReply reply = target!.Read();
            if (reply.Is("STORED"u8))
            {
                report.Taken++;
            }
            else
            {
                report.Refuse(0, key, reply.Is("NOT_STORED"u8) ? TransferReport.ThereAlready
                    : Encoding.UTF8.GetString(reply.Line));
            }
        }
    }

    // %HH is a byte.
    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        Span<byte> digits = stackalloc byte[2];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && Encoding.ASCII.GetBytes(text.AsSpan(i + 1, 2), digits) == 2
                && Utf8Parser.TryParse(digits, out byte value, out int used, 'x') && used == 2)
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }
}
