using SessionGateway.Replication.Pair;
using Xunit.Abstractions;

namespace SessionGateway.Simulation.Model;

/// <summary>The rules of the pair in every world there can be.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    /// <summary>Names of what is refuted.</summary>
    public static TheoryData<string> Refuted => [.. Refutations.All.Keys];

    [Theory]
    [MemberData(nameof(Refuted))]
    public void Without_a_rule_something_is_lost(string rule)
    {
        (ModelOptions options, int steps) = Refutations.All[rule];
        Explorer explorer = Explore(options);
        Assert.True(explorer.Violation != null, $"{rule}: nothing is lost in {explorer.Count} worlds");
        List<string> trace = explorer.Trace(explorer.Count - 1);
        output.WriteLine(explorer.Violation);
        trace.ForEach(output.WriteLine);
        Assert.Equal(steps, trace.Count);
    }

    [Theory]
    [InlineData(AloneAck.Disk, false)]
    [InlineData(AloneAck.Refuse, false)]
    [InlineData(AloneAck.Disk, true)]
    public void With_all_rules_no_crash_loses_anything(AloneAck alone, bool relinquishes)
    {
        Explorer explorer = Explore(new ModelOptions
        {
            Faults = Faults.Crash | Faults.DiskLoss, Alone = alone,
            Rules = relinquishes ? PairRules.All : PairRules.All & ~PairRules.Relinquish,
        });
        Assert.Null(explorer.Violation);
        Assert.True(explorer.IsExhaustive);
    }

    /// <summary>Runs of minutes, named by <c>MODEL_RUN</c>: faults, then how many, writes, epochs, cuts.</summary>
    [Fact]
    public void With_all_rules_a_longer_run_loses_nothing()
    {
        string[] run = (Environment.GetEnvironmentVariable("MODEL_RUN") ?? "Forced 0 1 2 16").Split(' ');
        Explorer explorer = Explore(new ModelOptions
        {
            Faults = Enum.Parse<Faults>(run[0]), Budget = int.Parse(run[1]), Writes = int.Parse(run[2]),
            Epochs = int.Parse(run[3]), Cuts = int.Parse(run[4]), Limit = 40_000_000,
        });
        Assert.Null(explorer.Violation);
        Assert.True(explorer.IsExhaustive);
    }

    [Fact]
    public void A_world_comes_back_from_its_bits()
    {
        Explorer explorer = Explore(new ModelOptions { Faults = Faults.Crash, Limit = 20_000 });
        for (int i = 0; i < explorer.Count; i++)
        {
            Assert.Equal(explorer.PackedAt(i), WorldCodec.Pack(explorer.WorldAt(i)));
        }
    }

    private Explorer Explore(ModelOptions options)
    {
        var explorer = new Explorer(new PairModel(options), options.Limit);
        explorer.Run();
        output.WriteLine($"{explorer.Count} worlds, {explorer.Steps} steps, exhaustive: {explorer.IsExhaustive}");
        return explorer;
    }
}
