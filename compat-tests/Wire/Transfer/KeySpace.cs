using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Transfer;

/// <summary>All keys of a server that speaks RESP, filled and described.</summary>
internal static class KeySpace
{
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
            foreach (byte[] key in Items(connection, "KEYS"u8.ToArray(), "*"u8.ToArray()))
                lines.Add($"{database} {Text(key)} {Describe(connection, key)}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Asks; elements of an answer with blanks between them.</summary>
    public static string Ask(RawConnection connection, params string[] words) =>
        string.Join(' ', Items(connection, [.. words.Select(Encoding.Latin1.GetBytes)]).Select(Text));

    private static string Describe(RawConnection connection, byte[] key)
    {
        byte[] Word(string word) => Encoding.ASCII.GetBytes(word);
        string type = Text(Items(connection, Word("TYPE"), key)[0]);
        string time = Text(Items(connection, Word("PEXPIRETIME"), key)[0]);
        IEnumerable<string> value = type switch
        {
            "string" => Items(connection, Word("GET"), key).Select(Text),
            "list" => Items(connection, Word("LRANGE"), key, Word("0"), Word("-1")).Select(Text),
            "set" => Items(connection, Word("SMEMBERS"), key).Select(Text).Order(StringComparer.Ordinal),
            "zset" => Items(connection, Word("ZRANGE"), key, Word("0"), Word("-1"), Word("WITHSCORES")).Select(Text),
            "hash" => Items(connection, Word("HGETALL"), key).Chunk(2)
                .Select(pair => $"{Text(pair[0])}={Text(pair[1])}").Order(StringComparer.Ordinal),
            _ => [],
        };
        return $"{time} {type} {string.Join(' ', value)}";
    }

    private static List<byte[]> Items(RawConnection connection, params byte[][] words)
    {
        connection.Send(RespRequestWriter.Encode(words));
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
