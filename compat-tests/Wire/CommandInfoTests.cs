using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Clients and proxies route by these descriptors: they must be those of redis.</summary>
public sealed class CommandInfoTests : IClassFixture<RedisFixture>
{
    private readonly RedisFixture _servers;

    public CommandInfoTests(RedisFixture servers) => _servers = servers;

    public static TheoryData<string> Commands =>
    [
        .. ("ping echo quit hello auth select client info command config get set setex psetex setnx getset getdel getex"
            + " mget mset del unlink exists type expire pexpire expireat pexpireat ttl pttl expiretime pexpiretime"
            + " persist touch append strlen incr decr incrby decrby scan keys dbsize randomkey flushdb flushall"
            + " hset hmset hsetnx hget hmget hgetall hkeys hvals hdel hexists hlen hstrlen"
            + " hincrby hincrbyfloat hrandfield hscan"
            + " subscribe unsubscribe publish eval evalsha script").Split(' '),
    ];

    [Theory, MemberData(nameof(Commands))]
    public void Descriptor_is_that_of_redis(string command) => Verify.Same(
        new RespDialect(), _servers.Real, _servers.Gateway, Ask($"> COMMAND INFO {command}", "subcommands"));

    [Fact]
    public void Descriptors_are_sets_and_maps_under_RESP3()
    {
        Conversation conversation = Ask("> COMMAND INFO get set client eval", "subcommands");
        var hello = new Step("a", ["> HELLO 3"]) { Normalise = ["hello"] };
        Verify.Same(new RespDialect(), _servers.Real, _servers.Gateway,
            conversation with { Steps = [hello, .. conversation.Steps] });
    }

    [Theory, InlineData("> COMMAND DOCS get"), InlineData("> COMMAND DOCS GET nosuch")]
    public void Docs_name_the_command_and_sum_it_up(string request)
    {
        foreach (Peer peer in new[] { _servers.Real, _servers.Gateway })
        {
            List<string> lines = Comparison.Answers(new RespDialect(), peer, Ask(request))[0];
            Assert.Equal("*2", lines[0]);
            Assert.Equal("  $\"get\"", lines[1]);
            Assert.Contains("    $\"summary\"", lines);
        }
    }

    [Theory]
    [InlineData("> HELLO 2"), InlineData("> HELLO 3")]
    public void Documents_are_those_of_redis_but_for_its_history(string hello)
    {
        string[] commands =
        [
            "get", "set", "getset", "hmset", "substr", "expire", "getex", "scan", "bitfield", "restore",
            "copy", "hset", "hrandfield", "zadd", "zrange", "zunionstore", "blmpop", "lpos", "eval", "subscribe",
            "multi", "monitor", "info", "client|kill", "client|list", "config|set", "object|freq", "command|list",
            "latency|reset", "slowlog|get", "memory|usage",
        ];
        foreach (string command in commands)
        {
            var conversation = new Conversation(
                "docs", [new Step("a", [hello]), new Step("a", [$"> COMMAND DOCS {command}"])]);
            Assert.Equal(
                WithoutHistory(Comparison.Answers(new RespDialect(), _servers.Real, conversation)[1]),
                WithoutHistory(Comparison.Answers(new RespDialect(), _servers.Gateway, conversation)[1]));
        }
    }

    // The third line counts the fields.
    private static List<string> WithoutHistory(List<string> lines)
    {
        int start = lines.IndexOf("    $\"history\"");
        int end = start < 0 ? -1 : lines.FindIndex(start + 1, l => l.StartsWith("    $", StringComparison.Ordinal));
        string[] rest = start < 0 ? [.. lines] : [.. lines[..start], .. end < 0 ? [] : lines[end..]];
        return [.. rest[..2], .. rest[3..]];
    }

    [Fact]
    public void Count_is_the_number_of_all_descriptors()
    {
        Conversation conversation = new("count",
            [new Step("a", ["> COMMAND COUNT"]), new Step("a", ["> COMMAND"]), new Step("a", ["> COMMAND INFO"])]);
        foreach (Peer peer in new[] { _servers.Real, _servers.Gateway })
        {
            List<List<string>> answers = Comparison.Answers(new RespDialect(), peer, conversation);
            string count = answers[0][0][1..];
            Assert.Equal($"*{count}", answers[1][0]);
            Assert.Equal($"*{count}", answers[2][0]);
            Assert.Equal(count, $"{answers[1].Count(line => line == "  *10")}");
        }
    }

    [Fact]
    public void List_names_commands_and_subcommands()
    {
        string[] names = List(_servers.Gateway);
        Assert.Contains("  $\"config|get\"", names);
        // WAITAOF, CLIENT SETINFO and NO-TOUCH came with 7.2, expiry of fields with 7.4 and 8.0, conditions with 8.4,
        // CLIENT CAPA, SCRIPT SHOW, COMMANDLOG and DELIFEQ with Valkey 8 to 9.
        string[] newer =
        [
            "client|setinfo", "hexpire", "hpexpire", "hexpireat", "hpexpireat", "httl", "hpttl", "hexpiretime",
            "hpexpiretime", "hpersist", "hgetdel", "hgetex", "hsetex", "script|show",
            "client|no-touch", "client|capa", "commandlog", "commandlog|get", "commandlog|help", "commandlog|len",
            "commandlog|reset",
            "digest", "delifeq", "delex", "msetex", "sentinel", "waitaof",
        ];
        Assert.Equal(
            newer.Select(name => $"  $\"{name}\"").Order(), names.Except(List(_servers.Real)).Order());
    }

    private static string[] List(Peer peer) =>
        [.. Comparison.Answers(new RespDialect(), peer, Ask("> COMMAND LIST"))[0].Skip(1)];

    private static Conversation Ask(string request, params string[] normalise) =>
        new(request, [new Step("a", [request]) { Normalise = normalise }]);
}
