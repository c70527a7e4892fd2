using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Pair;

/// <summary>
/// Two gateways and three real Sentinels: whatever happens to the primary under load, no write is lost that a client
/// was told of. PAIR_RUNS says how many runs of each there are; without it there is one planned switch and nothing
/// else: on a machine that stands still for half a second a backup gives its lease up, as it should, and nobody
/// replaces a primary that is gone.
/// </summary>
public sealed class PairDrillTests : IDisposable
{
    private static readonly int Runs =
        int.TryParse(Environment.GetEnvironmentVariable("PAIR_RUNS"), out int runs) ? runs : 0;

    private readonly PairNode _first = new();
    private readonly PairNode _second = new();
    private SentinelTrio _sentinels = null!;
    private PairNode _primary;
    private PairNode _backup;

    public PairDrillTests() => (_primary, _backup) = (_first, _second);

    public void Dispose()
    {
        _sentinels?.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    public static TheoryData<string> Drills => Runs == 0
        ? new("planned switch")
        : new("planned switch", "kill", "standstill", "empty disk");

    [Theory]
    [MemberData(nameof(Drills))]
    public void No_write_that_was_acknowledged_is_lost_by_a(string drill)
    {
        Action happens = drill switch
        {
            "planned switch" => Switch,
            "kill" => Kill,
            "standstill" => StandStill,
            "empty disk" => LoseDisk,
            _ => throw new ArgumentOutOfRangeException(nameof(drill), drill, null),
        };
        StartPair();
        for (int run = 0; run < Math.Max(1, Runs); run++)
        {
            using var recorder = new Recorder(_first.Port, _second.Port);
            recorder.WaitForMore(200);
            happens();
            recorder.WaitForMore(200);
            WaitUntilInSync();
            Assert.Empty(recorder.Missing(_primary.Port));
        }
    }

    // Comes back as the backup.
    private void Kill()
    {
        _primary.Process.Kill();
        WaitUntilReplaced();
        _backup.StartAgain();
    }

    // A backup that has no lease at that moment refuses: the switch is asked for again.
    private void Switch()
    {
        Wait.Until(
            () =>
            {
                _sentinels.TryFailover();
                return IsReplaced();
            },
            Describe);
        WaitUntilReplaced();
    }

    // Serves nobody before it is confirmed.
    private void StandStill()
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
    }

    // Comes back inside of the time after which Sentinel calls it down, and takes everything from the other one.
    private void LoseDisk()
    {
        _primary.Process.Kill();
        _primary.StartEmpty(_backup.Port);
        WaitUntilReplaced();
    }

    private void StartPair()
    {
        _first.StartFirst(null);
        Wait.Until(() => _first.Info("pair_role").StartsWith("primary", StringComparison.Ordinal), Describe);
        _second.StartFirst(_first.Port);
        Wait.Until(() => _second.Info("pair_role") == "backup", Describe);
        _sentinels = SentinelTrio.Start(_first.Port, backups: 1, PairNode.DownAfterMilliseconds);
        WaitUntilInSync();
    }

    private bool IsReplaced() => _backup.Info("pair_role") is "primary" or "primary, alone";

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
