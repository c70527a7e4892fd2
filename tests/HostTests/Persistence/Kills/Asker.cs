using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>One client's connections, one for each protocol.</summary>
internal sealed class Asker : IDisposable
{
    private readonly RawConnection _text;
    private readonly RawConnection _binary;
    private readonly RawConnection _resp;

    /// <summary>Connects to a port that speaks all protocols.</summary>
    public Asker(int port)
    {
        _text = RawConnection.Connect(port);
        _binary = RawConnection.Connect(port);
        _resp = RawConnection.Connect(port);
    }

    /// <summary>A request of RESP.</summary>
    public static string Request(params string[] words) =>
        $"*{words.Length}\r\n{string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n"))}";

    /// <summary>Has a memcached text request answered with one line.</summary>
    public void Text(string request, string expected) => Expect(request, _text.Ask(request, expected), expected);

    /// <summary>Has RESP requests answered.</summary>
    public void Resp(string requests, string expected) => Expect(requests, _resp.Ask(requests, expected), expected);

    /// <summary>Sends without waiting.</summary>
    public void SendResp(string requests) => _resp.Send(requests);

    /// <summary>A binary set.</summary>
    /// <returns>The cas unique that was told.</returns>
    public ulong BinarySet(string key, string value, int flags)
    {
        byte[] request = new byte[24 + 8 + key.Length + value.Length];
        request[0] = 0x80;
        request[1] = 0x01;
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), (ushort)key.Length);
        request[4] = 8;
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), request.Length - 24);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(24), flags);
        Encoding.Latin1.GetBytes(key + value, request.AsSpan(32));
        _binary.Send(request);
        byte[] reply = _binary.ReadExactly(24);
        Expect("binary set", $"{reply[0]:x} {BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(6))}", "81 0");
        return BinaryPrimitives.ReadUInt64BigEndian(reply.AsSpan(16));
    }

    /// <summary>A section of INFO.</summary>
    public string Info(string section) => (string)Reply("INFO", section);

    /// <summary>What a key holds.</summary>
    public Held? Read(string key)
    {
        string type = (string)Reply("TYPE", key);
        if (type == "none")
        {
            return null;
        }

        long until = Math.Max(0, long.Parse((string)Reply("PEXPIRETIME", key), CultureInfo.InvariantCulture));
        var held = new Held(type) { Until = until };
        switch (type)
        {
            case "string":
                return ReadString(key, until);
            case "hash":
            case "zset":
                string[] pairs = type == "hash" ? Words("HGETALL", key) : Words("ZRANGE", key, "0", "-1", "WITHSCORES");
                return (held with
                {
                    Entries = held.Entries.AddRange(
                        pairs.Chunk(2).Select(p => new KeyValuePair<string, string>(p[0], p[1]))),
                }).OrNothing();
            case "set":
                return (held with
                {
                    Entries = held.Entries.AddRange(
                        Words("SMEMBERS", key).Select(m => new KeyValuePair<string, string>(m, ""))),
                }).OrNothing();
            default:
                return (held with { Elements = [.. Words("LRANGE", key, "0", "-1")] }).OrNothing();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _binary.Dispose();
        _resp.Dispose();
    }

    // Null when it ended between two questions.
    private Held? ReadString(string key, long until)
    {
        _text.Send($"gets {key}\r\n");
        string head = _text.ReadThrough("\r\n");
        if (head == "END\r\n")
        {
            return null;
        }

        string[] parts = head.TrimEnd().Split(' ');
        string value = Encoding.Latin1.GetString(
            _text.ReadExactly(int.Parse(parts[3], CultureInfo.InvariantCulture)));
        _text.ReadThrough("\r\nEND\r\n");
        return new Held("string", value)
        {
            Until = until, Flags = int.Parse(parts[2], CultureInfo.InvariantCulture),
            Cas = ulong.Parse(parts[4], CultureInfo.InvariantCulture),
        };
    }

    private string[] Words(params string[] words) => [.. ((object[])Reply(words)).Cast<string>()];

    private object Reply(params string[] words)
    {
        _resp.Send(Request(words));
        return ReadReply();
    }

    private object ReadReply()
    {
        string line = _resp.ReadThrough("\r\n").TrimEnd();
        int number = line[0] is '$' or '*' ? int.Parse(line[1..], CultureInfo.InvariantCulture) : 0;
        switch (line[0])
        {
            case '$':
                return Encoding.Latin1.GetString(_resp.ReadExactly(number + 2))[..number];
            case '*':
                object[] all = new object[number];
                for (int i = 0; i < number; i++)
                {
                    all[i] = ReadReply();
                }

                return all;
            default:
                return line[1..];
        }
    }

    private static void Expect(string request, string answer, string expected)
    {
        if (answer != expected)
        {
            string asked = request.Length > 200 ? request[..200] : request;
            Assert.Fail($"'{asked}' was answered '{answer}', not '{expected}'");
        }
    }
}
