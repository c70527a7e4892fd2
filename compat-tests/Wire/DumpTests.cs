using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Values go from redis to the gateway and back by DUMP and RESTORE, and are the same.</summary>
public sealed class DumpTests : IClassFixture<RedisFixture>
{
    private readonly RedisFixture _servers;

    public DumpTests(RedisFixture servers) => _servers = servers;

    /// <summary>Commands that make a key <c>k</c>, of each type in each encoding that redis 7.0 has.</summary>
    public static TheoryData<string, string[][]> Values => new()
    {
        { "string", [["SET", "k", "value"]] },
        { "empty string", [["SET", "k", ""]] },
        { "number", [["SET", "k", "-32769"]] },
        { "string of a repeated sentence", [["SET", "k", Repeat("the quick brown fox jumps ", 400)]] },
        { "string of noise", [["SET", "k", Noise(100_000)]] },
        { "string of 3 MB", [["SET", "k", Repeat("0123456789 abc ", 200_000)]] },
        { "list", [["RPUSH", "k", "a", "", "-5", "70000000000", "end"]] },
        { "list of many nodes", [["RPUSH", "k", .. Many(5000, i => [$"element {i} of many"])]] },
        { "list of long elements", [["RPUSH", "k", Noise(9000), "x", Noise(70_000)]] },
        { "set of numbers", [["SADD", "k", "1", "-70000", "70000000000"]] },
        { "set", [["SADD", "k", "a", "b", "17"]] },
        { "set of many", [["SADD", "k", .. Many(5000, i => [$"member {i}"])]] },
        { "sorted set", [["ZADD", "k", "1", "a", "2.5", "b", "inf", "c", "-inf", "d", "1e300", "e"]] },
        { "sorted set of many", [["ZADD", "k", .. Many(5000, i => [$"{i / 7.0:R}", $"member {i}"])]] },
        { "hash", [["HSET", "k", "f", "v", "n", "42", "empty", ""]] },
        { "hash of a session", [["HSET", "k", "absexp", "-1", "sldexp", "12000000000", "data", Noise(1200)]] },
        { "hash of many", [["HSET", "k", .. Many(5000, i => [$"field {i}", $"value {i * i}"])]] },
    };

    [Theory, MemberData(nameof(Values))]
    public void What_redis_dumps_is_restored_here(string name, string[][] commands) =>
        Move(name, _servers.Real, _servers.Gateway, commands);

    [Theory, MemberData(nameof(Values))]
    public void What_is_dumped_here_is_restored_by_redis(string name, string[][] commands) =>
        Move(name, _servers.Gateway, _servers.Real, commands);

    [Fact]
    public void A_hash_whose_fields_end_is_not_taken_by_a_server_that_would_forget_it()
    {
        using RawConnection ours = _servers.Gateway.Connect(), real = _servers.Real.Connect();
        Ask(ours, "FLUSHALL");
        Ask(ours, "HSET", "k", "f", "v", "g", "w");
        Ask(ours, "HPEXPIREAT", "k", "4102444800123", "FIELDS", "1", "f");
        byte[] payload = Bytes(ours, "DUMP", "k");
        Assert.Equal("DUMP payload version or checksum are wrong",
            Ask(real, "RESTORE", "k", "0", Encoding.Latin1.GetString(payload), "REPLACE")[4..]);
        Assert.Equal("OK", Ask(ours, "RESTORE", "k", "0", Encoding.Latin1.GetString(payload), "REPLACE"));
        Assert.Equal("4102444800123 -1", Ask(ours, "HPEXPIRETIME", "k", "FIELDS", "2", "f", "g"));
    }

    /// <summary>Keys that grew and shrank by many requests; the seed is the name of the test.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public void Keys_of_generated_requests_go_both_ways(int seed)
    {
        Conversation played = new GeneratedRun(new LargeGenerator(), []).Make(seed);
        Comparison.Answers(new RespDialect(), _servers.Gateway, played);
        Comparison.Answers(new RespDialect(), _servers.Real, played);
        using RawConnection ours = _servers.Gateway.Connect(), real = _servers.Real.Connect();
        string[] keys = Ask(ours, "KEYS", "L*").Split(' ');
        Assert.True(keys.Length > 3, "the requests left no keys");
        foreach (string key in keys)
        {
            foreach ((RawConnection from, RawConnection to) in new[] { (ours, real), (real, ours) })
            {
                string payload = Encoding.Latin1.GetString(Bytes(from, "DUMP", key));
                Assert.Equal("OK", Ask(to, "RESTORE", "copy", "0", payload, "REPLACE"));
                Assert.True(Value(from, key) == Value(to, "copy"), $"{key} is another one");
            }
        }
    }

    private static void Move(string name, Peer from, Peer to, string[][] commands)
    {
        using RawConnection source = from.Connect(), target = to.Connect();
        Ask(source, "FLUSHALL");
        Ask(target, "FLUSHALL");
        foreach (string[] command in commands)
            Ask(source, command);
        string payload = Encoding.Latin1.GetString(Bytes(source, "DUMP", "k"));
        Assert.Equal("OK", Ask(target, "RESTORE", "k", "4102444800123", payload, "ABSTTL"));
        Assert.Equal("4102444800123", Ask(target, "PEXPIRETIME", "k"));
        Assert.True(Describe(source) == Describe(target), $"{name} is another one");
    }

    private static string Describe(RawConnection connection) =>
        $"{Ask(connection, "OBJECT", "ENCODING", "k")} {Value(connection, "k")}";

    // Hashes and sets have no order.
    private static string Value(RawConnection connection, string key)
    {
        string type = Ask(connection, "TYPE", key);
        string value = type switch
        {
            "string" => Ask(connection, "GET", key),
            "list" => Ask(connection, "LRANGE", key, "0", "-1"),
            "zset" => Ask(connection, "ZRANGE", key, "0", "-1", "WITHSCORES"),
            "set" => string.Join(' ', Ask(connection, "SMEMBERS", key).Split(' ').Order(StringComparer.Ordinal)),
            _ => string.Join(' ', Pairs(Ask(connection, "HGETALL", key)).Order(StringComparer.Ordinal)),
        };
        return $"{type} {value}";
    }

    private static IEnumerable<string> Pairs(string text)
    {
        string[] words = text.Split(' ');
        return words.Chunk(2).Select(pair => string.Join('=', pair));
    }

    // Blanks and what is no text are written as numbers, so that a blank is a border.
    private static string Ask(RawConnection connection, params string[] words)
    {
        connection.Send(Requests.Resp(words));
        RespReplyReader reader = connection.ReadResp();
        if (!RespReplyReader.IsAggregate(reader.Kind))
            return Encoding.Latin1.GetString(reader.Text);
        var items = new List<string>();
        while (reader.Read())
        {
            byte[] bytes = reader.Text.ToArray();
            items.Add(bytes.All(b => b is > 32 and < 127)
                ? Encoding.ASCII.GetString(bytes) : Convert.ToHexString(bytes));
        }
        return string.Join(' ', items);
    }

    private static byte[] Bytes(RawConnection connection, params string[] words)
    {
        connection.Send(Requests.Resp(words));
        return connection.ReadResp().Text.ToArray();
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
