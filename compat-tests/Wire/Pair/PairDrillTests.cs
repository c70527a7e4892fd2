using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Pair;

/// <summary>
/// Two gateways and three real Sentinels: whatever happens to the primary under load, no write is lost that a client
/// was told of. As many runs of each as PAIR_RUNS says; without it one
/// planned switch: on a machine that stands still for half a second a backup gives its lease up, as it should, and
/// nobody replaces a primary that is gone.
/// </summary>
public sealed class PairDrillTests : IDisposable
{
    private static readonly int Runs =
        int.TryParse(Environment.GetEnvironmentVariable("PAIR_RUNS"), out int runs) ? runs : 0;

    private readonly PairNode _first = new();
    private readonly PairNode _second = new();
    private SentinelTrio _sentinels = null!;
    private bool _isStarted;
    private PairNode _primary;
    private PairNode _backup;

    public PairDrillTests() => (_primary, _backup) = (_first, _second);

    public void Dispose()
    {
        _sentinels?.Dispose();
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
        // A backup that has no lease at that moment refuses: the switch is asked for again.
        Wait.Until(
            () =>
            {
                _sentinels.TryFailover();
                return IsReplaced();
            },
            Describe);
        WaitUntilReplaced();
    }, isAlways: true);

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

    private void StartOnce()
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;
        _first.StartFirst(null);
        Wait.Until(() => _first.Info("pair_role").StartsWith("primary", StringComparison.Ordinal), Describe);
        _second.StartFirst(_first.Port);
        Wait.Until(() => _second.Info("pair_role") == "backup", Describe);
        _sentinels = SentinelTrio.Start(_first.Port, backups: 1, PairNode.DownAfterMilliseconds);
        WaitUntilInSync();
    }

    private bool IsReplaced() => _backup.Info("pair_role") is "primary" or "primary, alone";

    private void Drill(Action happens, bool isAlways = false)
    {
        for (int run = 0; run < (isAlways ? Math.Max(1, Runs) : Runs); run++)
        {
            StartOnce();
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
        Wait.Until(IsReplaced, Describe);
        (_primary, _backup) = (_backup, _primary);
    }

    private void WaitUntilInSync() => Wait.Until(() => _primary.Info("pair_role") == "primary"
        && _backup.Info("pair_role") == "backup" && _backup.Info("slave_priority") == "100"
        && _backup.Info("master_link_status") == "up" && (Runs == 0 || _sentinels.KnowGoodBackup()),
        Describe);

    private string Describe() => $"""
        the pair is as it should be: {_first.Info("pair_role")} and {_second.Info("pair_role")}
        {_first.Output}

        {_second.Output}
        """;
}
