using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

/// <summary>A command of the table that redis has, too, is among the generated requests.</summary>
public sealed class CoverageTests : IClassFixture<RedisFixture>
{
    private const int Seeds = 120;

    // What they answer tells of the server itself, or they end it; other tests ask for these.
    private static readonly string[] Left =
    [
        "shutdown", "monitor", "debug", "bgrewriteaof", "save", "bgsave", "lolwut", "info", "config", "command",
        "memory", "slowlog", "latency", "cluster", "client", "script", "object", "pubsub",
        "replicaof", "slaveof", "replconf", "psync", "sync",
    ];

    private readonly RedisFixture _servers;

    public CoverageTests(RedisFixture servers) => _servers = servers;

    [Fact]
    public void Every_command_of_the_table_that_redis_has_is_generated()
    {
        IEnumerable<string> shared = Names(_servers.Gateway).Intersect(Names(_servers.Real))
            .Where(name => !name.Contains('|')).Except(Left);
        Assert.Empty(shared.Except(Drawn()).Order());
    }

    private static HashSet<string> Drawn()
    {
        var requests = new MixedGenerator();
        var run = new GeneratedRun(requests, [], RespTests.Scenes(requests));
        IEnumerable<string> lines = Enumerable.Range(1, Seeds).SelectMany(seed => run.Make(seed).Steps)
            .SelectMany(step => step.Sends);
        return [.. lines.Where(line => line.StartsWith("> ", StringComparison.Ordinal))
            .Select(line => RespDialect.Words(line[2..])).Where(words => words.Count > 0)
            .Select(words => words[0].ToLowerInvariant())];
    }

    private static string[] Names(Peer peer) =>
    [
        .. Comparison.Answers(new RespDialect(), peer, new Conversation("list", [new Step("a", ["> COMMAND LIST"])]))[0]
            .Skip(1).Select(line => line.Trim()[2..^1]),
    ];
}
