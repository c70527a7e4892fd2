using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Pair;

/// <summary>
/// Two gateways and three real Sentinels: whatever happens to the primary under load, no write is lost that a client
/// was told of. As many runs of each as PAIR_RUNS says (1).
/// </summary>
public sealed class PairDrillTests : IDisposable
{
    private static readonly int Runs =
        int.TryParse(Environment.GetEnvironmentVariable("PAIR_RUNS"), out int runs) ? runs : 1;

    private readonly PairNode _first = new();
    private readonly PairNode _second = new();
    private readonly SentinelTrio _sentinels;
    private PairNode _primary;
    private PairNode _backup;

    public PairDrillTests()
    {
        _first.StartFirst(null);
        Wait.Until(() => _first.Info("pair_role").StartsWith("primary", StringComparison.Ordinal), Describe);
        _second.StartFirst(_first.Port);
        Wait.Until(() => _second.Info("pair_role") == "backup", Describe);
        _sentinels = SentinelTrio.Start(_first.Port, backups: 1, PairNode.DownAfterMilliseconds);
        (_primary, _backup) = (_first, _second);
        WaitUntilInSync();
    }

    public void Dispose()
    {
        _sentinels.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void A_primary_that_is_killed_is_replaced_and_comes_back_as_the_backup() => Drill(() =>
    {
        _primary.Process.Kill();
        WaitUntilReplaced();
        _backup.StartAgain();
    });

    [Fact]
    public void A_planned_switch_by_Sentinel_loses_nothing() => Drill(() =>
    {
        _sentinels.Failover();
        WaitUntilReplaced();
    });

    [Fact]
    public void A_primary_that_stood_still_serves_nobody_before_it_is_confirmed() => Drill(() =>
    {
        ServerProcess stopped = _primary.Process;
        stopped.Freeze();
        try
        {
            WaitUntilReplaced();
        }
        finally
        {
            stopped.GoOn();
        }
    });

    [Fact]
    public void A_primary_that_comes_back_with_an_empty_disk_takes_everything_from_the_other_one() => Drill(() =>
    {
        _primary.Process.Kill();
        _primary.StartEmpty(_backup.Port);
        WaitUntilReplaced();
    });

    private void Drill(Action happens)
    {
        for (int run = 0; run < Runs; run++)
        {
            using var recorder = new Recorder(_first.Port, _second.Port);
            recorder.WaitForMore(200);
            happens();
            recorder.WaitForMore(200);
            WaitUntilInSync();
            Assert.Empty(recorder.Missing(_primary.Port));
        }
    }

    private void WaitUntilReplaced()
    {
        Wait.Until(() => _backup.Info("pair_role") is "primary" or "primary, alone", Describe);
        (_primary, _backup) = (_backup, _primary);
    }

    private void WaitUntilInSync() => Wait.Until(() => _primary.Info("pair_role") == "primary"
        && _backup.Info("pair_role") == "backup" && _backup.Info("slave_priority") == "100"
        && _backup.Info("master_link_status") == "up", Describe);

    private string Describe() => $"""
        the pair is as it should be: {_first.Info("pair_role")} and {_second.Info("pair_role")}
        {_first.Output}

        {_second.Output}
        """;
}
