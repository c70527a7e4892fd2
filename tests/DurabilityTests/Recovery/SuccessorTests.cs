using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>A segment that follows another one says that the other one is whole.</summary>
public sealed class SuccessorTests : ILogWatch
{
    private const int Items = 6;

    private readonly StepClock _clock = new();
    private int _failures;

    [Fact]
    public void What_a_killed_process_wrote_is_on_the_disk_before_another_segment_follows()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var storage = new MemoryStorage();
            var settings = new LogSettings { Sync = SyncPolicy.No };
            Write(storage, settings);
            LogPast past = Recover(storage).Past;
            var intake = new LogIntake(settings, past, _clock.Milliseconds);
            using (var writer = new LogWriter(storage, intake, settings, past, _clock, this))
            {
                writer.Turn();
            }

            storage.Crash(new Random(seed));
            Assert.Equal(Items, Recover(storage).Sink.Applied.Count);
        }

        Assert.Equal(0, _failures);
    }

    [Theory]
    [InlineData(SyncPolicy.No)]
    [InlineData(SyncPolicy.EverySecond)]
    [InlineData(SyncPolicy.Batch)]
    public void An_orderly_stop_is_known_when_the_power_goes_right_behind_it(SyncPolicy sync)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var storage = new MemoryStorage();
            Write(storage, new LogSettings { Sync = sync }, closes: true);
            storage.Crash(new Random(seed));
            var recovery = new LogRecovery(storage, new WholeGroups(), History.Lineage);
            Assert.Equal(1, recovery.Run().Epoch);
            Assert.Equal((Items, true), ((int)recovery.Report.Records, recovery.Report.WasClosed));
        }
    }

    [Fact]
    public void A_start_behind_a_crash_is_a_new_epoch()
    {
        var storage = new MemoryStorage();
        Write(storage, new LogSettings { Sync = SyncPolicy.No });
        Assert.Equal(2, Recover(storage).Past.Epoch);
    }

    [Fact]
    public void A_log_whose_first_segment_could_not_be_made_begins_with_the_one_that_could()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var storage = new MemoryStorage { FailingCall = 1, FailsOn = true };
            var settings = new LogSettings { Sync = SyncPolicy.EverySecond };
            var past = LogPast.None(History.Lineage);
            using var store = new SegmentItemStore(64 << 20, 1);
            var intake = new LogIntake(settings, past, _clock.Milliseconds);
            using var writer = new LogWriter(storage, intake, settings, past, _clock, this);
            var walk = new StateWalk(store, intake, settings, _clock);
            store.Listen(intake);
            writer.Turn();
            Assert.Equal(seed + 1, _failures);
            storage.FailingCall = 0;
            _clock.Advance(TimeSpan.FromSeconds(2));
            Assert.True(writer.TryRestore(() => walk.TryBegin(isRestart: true)));
            writer.Turn();
            storage.Crash(new Random(seed));
            using var twin = new SegmentItemStore(64 << 20, 9);
            new LogRecovery(storage, new MutationApplier(twin), History.Lineage).Run();
            Assert.Equal(0, twin.Count(0));
        }
    }

    void ILogWatch.OnSynced(long position)
    {
    }

    void ILogWatch.OnDegraded(string reason) => _failures++;

    void ILogWatch.OnStateComplete()
    {
    }

    private static (LogPast Past, WholeGroups Sink) Recover(MemoryStorage storage)
    {
        var sink = new WholeGroups();
        return (new LogRecovery(storage, sink, History.Lineage).Run(), sink);
    }

    // By a process that is killed afterwards, or stops in order.
    private void Write(MemoryStorage storage, LogSettings settings, bool closes = false)
    {
        var past = LogPast.None(History.Lineage);
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(storage, intake, settings, past, _clock, this);
        for (int i = 1; i <= Items; i++)
        {
            intake.OnMutation(new Mutation
            {
                Kind = MutationKind.Put, Position = i, At = _clock.Milliseconds, Key = "key"u8, Head = new byte[400],
                Cas = (ulong)i, Marks = new ItemMarks(_clock.Milliseconds, false, false),
            });
            writer.Turn();
        }

        if (closes)
        {
            writer.Close();
        }
    }
}
