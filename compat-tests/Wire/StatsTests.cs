using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Counters of fresh servers after the same requests.</summary>
public sealed class StatsTests
{
    private static readonly string[] Counters =
    [
        "cmd_get", "cmd_set", "cmd_flush", "cmd_touch", "get_hits", "get_misses", "delete_misses", "delete_hits",
        "incr_misses", "incr_hits", "decr_misses", "decr_hits", "cas_misses", "cas_hits", "cas_badval", "touch_hits",
        "touch_misses", "evictions",
    ];

    private static readonly Conversation Use = new("use",
    [
        new Step("a", [@"> set k 0 0 1\r\n1", @"> set l 0 0 1\r\n1", "> gets k l nokey", "> get k"]),
        new Step("a", ["> get nokey nokey2"]),
        new Step("a", [@"> cas k 0 0 1 {cas:k}\r\n2", @"> cas k 0 0 1 {cas:k}\r\n3", @"> cas nokey 0 0 1 5\r\n3"]),
        new Step("a", ["> incr k 1", "> incr nokey 1", "> decr k 1", "> decr k 1", "> decr nokey 1"]),
        new Step("a", ["> touch k 0", "> touch nokey 0", "> gat 0 k nokey", "> delete k", "> delete k", "> delete k"]),
        new Step("a", [@"> add l 0 0 1\r\n1", @"> replace nokey 0 0 1\r\n1", @"> append l 0 0 1\r\n1"]),
        new Step("a", ["> stats"]),
    ]);

    [Fact]
    public void Counters_count_as_those_of_memcached()
    {
        using var real = MemcachedServer.Start();
        using var gateway = GatewayServer.Start();
        Assert.Equal(
            Read(new Peer("memcached", () => RawConnection.Connect(real.Port))),
            Read(new Peer("gateway", () => RawConnection.Connect(gateway.AutoPort))));
    }

    private static string Read(Peer peer)
    {
        List<string> stats = Comparison.Answers(new MemcachedTextDialect(), peer, Use)[^1];
        IEnumerable<string> lines = Counters.Select(name => stats.Find(
            line => line.StartsWith($"STAT {name} ", StringComparison.Ordinal)) ?? $"STAT {name} is missing");
        return string.Join('\n', lines);
    }
}
