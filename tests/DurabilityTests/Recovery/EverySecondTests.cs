using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>What <c>--fsync everysec</c> promises, on a clock that the test moves: the machine may lose its power at
/// any millisecond, and what was told a second before is there.</summary>
public sealed class EverySecondTests : ILogWatch, IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();
    private readonly LogIntake _intake;
    private readonly LogWriter _writer;
    private readonly List<(long At, long Position)> _told = [];
    private readonly List<string> _failures = [];

    public EverySecondTests()
    {
        var settings = new LogSettings { QueueBytes = 100_000, SegmentBytes = 20_000 };
        var past = LogPast.None(History.Lineage);
        _intake = new LogIntake(settings, past, _clock.Milliseconds);
        _writer = new LogWriter(_storage, _intake, settings, past, _clock, this);
    }

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void A_loss_of_power_takes_no_more_than_the_last_second_whenever_it_comes()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            using var life = new EverySecondTests();
            life.LiveAndLosePower(seed);
        }
    }

    [Fact]
    public void The_disk_is_not_asked_more_than_once_a_second_however_much_is_written()
    {
        for (int i = 0; i < 5000; i++)
        {
            Tell(20);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _writer.Turn();
        }

        // Five seconds; the ends of segments are no syncs of the policy.
        Assert.InRange(_writer.Syncs, 4, 5);
    }

    [Fact]
    public void A_sync_of_seconds_stops_nobody_and_is_counted()
    {
        long during = 0;
        Tell(100);
        _writer.Turn();
        _storage.Syncing = () =>
        {
            // Others write on while the disk takes its time.
            for (int i = 0; i < 30; i++)
            {
                Tell(1000);
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                Assert.True(_writer.IsSyncing, "nobody sees that the disk is busy");
            }

            during = _intake.QueuedBytes;
            _storage.Syncing = null;
        };
        _clock.Advance(Second);
        _writer.Turn();
        Assert.InRange(during, 30_000, 33_000);
        Assert.Equal(1, _writer.DelayedSyncs);
        Assert.Equal(TimeSpan.FromSeconds(3), _writer.SlowestSync);
        Assert.Equal(TimeSpan.Zero, _writer.CallTime);
        _writer.Turn();
        _clock.Advance(Second);
        _writer.Turn();
        Assert.Equal(1, _writer.DelayedSyncs);
        Assert.Equal(_told[^1].Position, _writer.SyncedPosition);
        Assert.Empty(_failures);
    }

    [Fact]
    public void What_waits_behind_a_sync_that_does_not_end_is_bounded_and_the_writers_go_on()
    {
        Tell(100);
        _writer.Turn();
        _storage.Syncing = () =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                Tell(1000);
            }

            _storage.Syncing = null;
        };
        _clock.Advance(Second);
        _writer.Turn();
        Assert.InRange(_intake.QueuedBytes, 0, 102_000);
        Assert.True(_writer.IsDegraded, "the log has lost nothing?");
        Assert.Single(_failures);
    }

    void ILogWatch.OnSynced(long position)
    {
    }

    void ILogWatch.OnDegraded(string reason) => _failures.Add(reason);

    void ILogWatch.OnStateComplete()
    {
    }

    // As the log's thread does: it sleeps until something waits, or a sync is due.
    private void LiveAndLosePower(int seed)
    {
        var random = new Random(seed);
        long begin = _clock.Milliseconds;
        long end = begin + 1 + random.Next(8000);
        while (_clock.Milliseconds < end)
        {
            if (random.Next(20) == 0)
            {
                Tell(random.Next(3000));
                _writer.Turn();
            }

            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            if (_writer.UntilNextSync() == TimeSpan.Zero)
            {
                _writer.Turn();
            }
        }

        long now = _clock.Milliseconds;
        _storage.Crash(random);
        var sink = new WholeGroups();
        long recovered = new LogRecovery(_storage, sink, History.Lineage).Run().Position;

        // A step of the clock is up to 20 ms.
        long promised = _told.LastOrDefault(t => t.At <= now - 1020).Position;
        Assert.True(recovered >= promised, $"seed {seed}: {recovered} is before {promised}");
    }

    private void Tell(int bytes)
    {
        long position = _told.Count + 1;
        _told.Add((_clock.Milliseconds, position));
        _intake.OnMutation(new Mutation
        {
            Kind = MutationKind.Put, Position = position, At = _clock.Milliseconds, Key = "session"u8,
            Head = new byte[bytes], Cas = (ulong)position, Marks = new ItemMarks(_clock.Milliseconds, false, false),
        });
    }
}
