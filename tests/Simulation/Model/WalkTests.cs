using SessionGateway.Replication.Pair;
using Xunit.Abstractions;

namespace SessionGateway.Simulation.Model;

/// <summary>Random ways beyond what is searched, always the same ones; with <c>WALKS</c> more than these, the others
/// new each time. <c>WALK_SEED</c> walks one again.</summary>
public sealed class WalkTests(ITestOutputHelper output)
{
    private const int Steps = 150;
    private const int Fixed = 400;

    private static readonly ModelOptions Wide = new()
    {
        Rules = PairRules.All, Budget = 3, Writes = 2, Epochs = 3, Cuts = Cuts.All,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Three_faults_that_spare_the_disks_lose_nothing_on_any_of_these_ways(bool hasDelays)
    {
        ModelOptions options = Wide with { HasDelays = hasDelays, Faults = Faults.All & ~Faults.DiskLoss };
        int[] uses = new int[64];
        int walks = int.Parse(Environment.GetEnvironmentVariable("WALKS") ?? $"{Fixed}");
        int fresh = Random.Shared.Next();
        string? asked = Environment.GetEnvironmentVariable("WALK_SEED");
        for (int i = 0; i < walks; i++)
        {
            int seed = asked != null ? int.Parse(asked) : i < Fixed ? i : unchecked(fresh + i);
            var walker = new Walker(new PairModel(options), seed);
            string? violation = walker.Walk(Steps);
            Assert.True(violation is null, $"WALK_SEED={seed}, delays {hasDelays}: {violation}, after "
                + string.Join("; ", walker.Way));
            for (int kind = 0; kind < uses.Length && i < Fixed; kind++)
            {
                uses[kind] += walker.Uses[kind];
            }
        }

        ActionKind[] unused = [.. Enum.GetValues<ActionKind>().Where(k => uses[(int)k] == 0)];
        output.WriteLine(string.Join(", ", Enum.GetValues<ActionKind>().Select(k => $"{k} {uses[(int)k]}")));
        ActionKind[] delivered = [ActionKind.DeliverRenew, ActionKind.DeliverEcho, ActionKind.DeliverAck];
        Assert.Equal(
            [ActionKind.Start, ActionKind.HandshakeOver, .. hasDelays ? [] : delivered, ActionKind.FaultCrashEmpty],
            asked != null ? unused[..0] : unused);
    }

    [Fact]
    public void A_way_finds_what_is_lost_without_a_rule_and_its_seed_finds_it_again()
    {
        ModelOptions options = Wide with { Rules = Wide.Rules & ~PairRules.AckWaits };
        int seed = Enumerable.Range(0, 10_000).First(s =>
            new Walker(new PairModel(options), s).Walk(Steps) != null);
        var first = new Walker(new PairModel(options), seed);
        var second = new Walker(new PairModel(options), seed);
        Assert.NotNull(first.Walk(Steps));
        Assert.NotNull(second.Walk(Steps));
        Assert.Equal(first.Way, second.Way);
        output.WriteLine($"seed {seed}: {string.Join("; ", first.Way)}");
    }
}
