using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Transfer;

/// <summary>All keys of a server that speaks RESP, filled and described.</summary>
internal static class KeySpace
{
    // A million keys one by one are six million round trips for two servers: most of a test's time.
    private const int KeysAtOnce = 500;

    // 2100
    private const string Far = "4102444800123";

    /// <summary>Writes keys of each type in each encoding that redis 7.0 has, small and large, some with a
    /// time.</summary>
    public static void Fill(int port)
    {
        using var connection = RawConnection.Connect(port);
        foreach (string[] command in Commands())
            Assert.DoesNotContain("ERR", Ask(connection, command), StringComparison.Ordinal);
    }

    /// <summary>A line for each key: database, name, expiry, type, value.</summary>
    public static List<string> Describe(int port)
    {
        var lines = new List<string>();
        using var connection = RawConnection.Connect(port);
        for (int database = 0; database < 16; database++)
        {
            Ask(connection, "SELECT", $"{database}");
            foreach (byte[][] keys in Items(connection, "KEYS"u8.ToArray(), "*"u8.ToArray()).Chunk(KeysAtOnce))
                Describe(connection, database, keys, lines);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Asks; elements of an answer with blanks between them.</summary>
    public static string Ask(RawConnection connection, params string[] words) =>
        string.Join(' ', Items(connection, [.. words.Select(Encoding.Latin1.GetBytes)]).Select(Text));

    private static void Describe(RawConnection connection, int database, byte[][] keys, List<string> lines)
    {
        Send(connection, keys.SelectMany(
            key => (byte[][][])[["TYPE"u8.ToArray(), key], ["PEXPIRETIME"u8.ToArray(), key]]));
        (string Type, string Time)[] heads =
            [.. keys.Select(_ => (Text(Read(connection)[0]), Text(Read(connection)[0])))];
        Send(connection, keys.Select((key, i) => ValueOf(heads[i].Type, key)));
        for (int i = 0; i < keys.Length; i++)
        {
            IEnumerable<string> value = Read(connection).Select(Text);
            value = heads[i].Type switch
            {
                "set" => value.Order(StringComparer.Ordinal),
                "hash" => value.Chunk(2).Select(pair => $"{pair[0]}={pair[1]}").Order(StringComparer.Ordinal),
                _ => value,
            };
            lines.Add($"{database} {Text(keys[i])} {heads[i].Time} {heads[i].Type} {string.Join(' ', value)}");
        }
    }

    private static byte[][] ValueOf(string type, byte[] key) => type switch
    {
        "string" => ["GET"u8.ToArray(), key],
        "list" => ["LRANGE"u8.ToArray(), key, "0"u8.ToArray(), "-1"u8.ToArray()],
        "set" => ["SMEMBERS"u8.ToArray(), key],
        "zset" => ["ZRANGE"u8.ToArray(), key, "0"u8.ToArray(), "-1"u8.ToArray(), "WITHSCORES"u8.ToArray()],
        "hash" => ["HGETALL"u8.ToArray(), key],
        _ => ["PING"u8.ToArray()],
    };

    private static void Send(RawConnection connection, IEnumerable<byte[][]> requests) =>
        connection.Send(requests.SelectMany(words => RespRequestWriter.Encode(words)).ToArray());

    private static List<byte[]> Items(RawConnection connection, params byte[][] words)
    {
        connection.Send(RespRequestWriter.Encode(words));
        return Read(connection);
    }

    private static List<byte[]> Read(RawConnection connection)
    {
        RespReplyReader reader = connection.ReadResp();
        if (!RespReplyReader.IsAggregate(reader.Kind))
            return [reader.Text.ToArray()];
        var items = new List<byte[]>();
        while (reader.Read())
            items.Add(reader.Text.ToArray());
        return items;
    }

    // What is no plain text is written as numbers, so that a blank is a border.
    private static string Text(byte[] bytes) =>
        bytes.All(b => b is > 32 and < 127) ? Encoding.ASCII.GetString(bytes) : "0x" + Convert.ToHexString(bytes);

    private static IEnumerable<string[]> Commands()
    {
        yield return ["SET", "plain", "value"];
        yield return ["SET", "empty", ""];
        yield return ["SET", "key with \0 \r\n \u00ff", Noise(5000)];
        foreach (string number in "0 -1 128 -129 32768 2147483648 9223372036854775807 007".Split(' '))
            yield return ["SET", "number:" + number, number];
        yield return ["SET", "repeated", Repeat("the quick brown fox ", 500), "PXAT", Far];
        yield return ["SET", "long", Noise(2_000_000)];
        yield return ["RPUSH", "list:small", "a", "", "-5", "70000000000"];
        yield return ["RPUSH", "list:large", .. Many(30_000, i => [$"element {i}"])];
        yield return ["RPUSH", "list:long", Noise(9000), "x", Noise(100_000)];
        yield return ["SADD", "set:numbers", "1", "-70000", "70000000000"];
        yield return ["SADD", "set:small", "a", "b", "17"];
        yield return ["SADD", "set:large", .. Many(30_000, i => [$"member {i}"])];
        yield return ["ZADD", "zset:small", "1", "a", "2.5", "b", "inf", "c", "-inf", "d", "0.1", "e"];
        yield return ["ZADD", "zset:large", .. Many(15_000, i => [$"{i / 7.0:R}", $"member {i}"])];
        yield return ["HSET", "hash:small", "f", "v", "n", "42", "empty", ""];
        yield return ["HSET", "hash:session", "absexp", "-1", "sldexp", "12000000000", "data", Noise(1200)];
        yield return ["PEXPIREAT", "hash:session", Far];
        yield return ["HSET", "hash:large", .. Many(15_000, i => [$"field {i}", $"value {i * i}"])];
        yield return ["PEXPIREAT", "hash:large", Far];
        yield return ["SELECT", "5"];
        yield return ["SET", "other", "database"];
    }

    private static string[] Many(int count, Func<int, string[]> one) =>
        [.. Enumerable.Range(0, count).SelectMany(one)];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
