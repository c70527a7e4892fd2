using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.Gateway.WarmUp;

/// <summary>What clients of each protocol ask first and most: one batch per connection.</summary>
internal static class WarmRequests
{
    private const string Value = "user|s:4:\"anna\";cart|a:2:{i:0;i:1;i:1;i:2;}";

    private const string Unlock =
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    /// <summary>The batches.</summary>
    public static IReadOnlyList<byte[]> All { get; } = [Text(), Binary(), Resp()];

    private static byte[] Text() => Encoding.Latin1.GetBytes(
        $"version\r\nget a\r\nset a 0 60 {Value.Length}\r\n{Value}\r\nget a\r\ngets a b\r\nadd lock.a 0 30 1\r\n1\r\n"
        + $"add lock.a 0 30 1\r\n1\r\ntouch a 60\r\ngat 60 a\r\nreplace a 0 60 1\r\nx\r\nappend a 0 0 1\r\ny\r\n"
        + $"prepend a 0 0 1\r\nz\r\n"
        + $"cas a 0 60 1 1\r\nx\r\nset n 0 0 1\r\n1\r\nincr n 1\r\ndecr n 1\r\ndelete lock.a\r\ndelete lock.a\r\n"
        + $"delete a\r\n");

    private static byte[] Resp()
    {
        var text = new StringBuilder();
        foreach (string[] words in (string[][])
        [
            ["PING"], ["SELECT", "0"], ["CLIENT", "SETNAME", "a"], ["CLIENT", "ID"], ["INFO", "server"],
            ["CONFIG", "GET", "timeout"],
            ["GET", "a"], ["SETEX", "a", "60", Value], ["SET", "a", Value, "EX", "60"], ["GET", "a"], ["TTL", "a"],
            ["EXISTS", "a"],
            ["SET", "lock", "token", "NX", "PX", "30000"], ["SET", "lock", "token", "NX", "PX", "30000"],
            ["EXPIRE", "a", "60"],
            ["PEXPIRE", "a", "60000"], ["EVAL", Unlock, "1", "lock", "token"],
            ["EVALSHA", new string('0', 40), "1", "lock", "token"],
            ["GETSET", "a", "x"], ["STRLEN", "a"], ["MSET", "a", "1", "b", "2"], ["MGET", "a", "b"], ["INCR", "a"],
            ["WATCH", "a"],
            ["MULTI"], ["SETEX", "a", "60", "1"], ["EXEC"], ["HELLO", "3"], ["GET", "none"], ["DEL", "a", "b"],
            ["NOTHING"],
        ])
        {
            text.Append('*').Append(words.Length).Append("\r\n");
            foreach (string word in words)
            {
                text.Append('$').Append(word.Length).Append("\r\n").Append(word).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Binary()
    {
        var bytes = new List<byte>();
        // version, SASL mechanisms, get, set, get, getk, add twice, touch, gat, replace, append, increment, delete,
        // getkq, noop
        Add(bytes, 0x0b, 0, "", "");
        Add(bytes, 0x20, 0, "", "");
        Add(bytes, 0x00, 0, "a", "");
        Add(bytes, 0x01, 8, "a", Value);
        Add(bytes, 0x00, 0, "a", "");
        Add(bytes, 0x0c, 0, "a", "");
        Add(bytes, 0x02, 8, "lock.a", "1");
        Add(bytes, 0x02, 8, "lock.a", "1");
        Add(bytes, 0x1c, 4, "a", "");
        Add(bytes, 0x1d, 4, "a", "");
        Add(bytes, 0x03, 8, "a", "x");
        Add(bytes, 0x0e, 0, "a", "y");
        Add(bytes, 0x05, 20, "n", "");
        Add(bytes, 0x04, 0, "lock.a", "");
        Add(bytes, 0x0d, 0, "a", "");
        Add(bytes, 0x0a, 0, "", "");
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, byte opcode, byte extras, string key, string value)
    {
        byte[] header = new byte[24 + extras];
        header[0] = 0x80;
        header[1] = opcode;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)key.Length);
        header[4] = extras;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), extras + key.Length + value.Length);
        bytes.AddRange(header);
        bytes.AddRange(Encoding.Latin1.GetBytes(key + value));
    }
}
