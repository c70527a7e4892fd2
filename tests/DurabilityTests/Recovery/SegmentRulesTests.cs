using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>What holds a log of several segments together: headers, names, groups, and which segment is still
/// needed.</summary>
public sealed class SegmentRulesTests : ILogWatch
{
    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();

    [Fact]
    public void Every_byte_of_a_header_that_changed_is_refused()
    {
        Write(_storage, History.Lineage);
        for (int at = 0; at < SegmentHeader.Bytes; at++)
        {
            _storage.Flip(SegmentName.Of(1), at);
            Assert.Equal(SegmentName.Of(1), Assert.Throws<LogException>(() => Recover()).File);
            _storage.Flip(SegmentName.Of(1), at);
        }

        Recover();
    }

    [Fact]
    public void A_segment_of_another_log_is_refused()
    {
        var other = new MemoryStorage();
        Write(_storage, History.Lineage);
        Write(other, Guid.Empty);
        _storage.Put(SegmentName.Of(2), other.Bytes(SegmentName.Of(2)));
        LogException refused = Assert.Throws<LogException>(() => Recover());
        Assert.Equal(SegmentName.Of(2), refused.File);
        Assert.Contains("is of another log", refused.Message);
    }

    [Fact]
    public void Nothing_of_a_group_is_given_on_before_its_end_is_there()
    {
        var past = LogPast.None(History.Lineage);
        var settings = new LogSettings { Sync = SyncPolicy.Batch };
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, settings, past, _clock, this);
        Tell(intake, MutationKind.Put, 1);
        Tell(intake, MutationKind.GroupBegin, 1);
        Tell(intake, MutationKind.Put, 2);
        writer.Turn();
        var sink = new Every();
        new LogRecovery(_storage, sink, History.Lineage).Run();
        Assert.Equal([MutationKind.Put], sink.Kinds);
    }

    [Fact]
    public void A_value_is_kept_for_as_long_as_a_later_change_lets_its_item_live()
    {
        var past = LogPast.None(History.Lineage);
        var settings = new LogSettings { Sync = SyncPolicy.Batch, SegmentBytes = 300 };
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, settings, past, _clock, this);
        Tell(intake, MutationKind.Put, 1, lives: 1000);
        Tell(intake, MutationKind.ExpiryChanged, 2, lives: 1_000_000);
        for (int i = 3; i < 20; i++)
        {
            // Others, whose values end: they make new segments.
            Tell(intake, MutationKind.Put, i, lives: 500, key: $"other-{i}");
            writer.Turn();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var sink = new WholeGroups();
        new LogRecovery(_storage, sink, History.Lineage).Run();
        Assert.Contains(sink.Applied, text => text.Contains("Put", StringComparison.Ordinal)
            && text.Contains("the-key", StringComparison.Ordinal));
    }

    [Fact]
    public void A_repair_that_is_interrupted_at_any_call_is_ended_by_the_next_one()
    {
        bool wasInterrupted = true;
        for (int call = 1; wasInterrupted; call++)
        {
            var storage = new MemoryStorage();
            Write(storage, History.Lineage);
            Assert.InRange(storage.Names.Length, 4, 20);
            storage.Flip(SegmentName.Of(1), SegmentHeader.Bytes + RecordHead.Bytes + 1);
            (storage.FailingCall, storage.FailsOn) = (storage.Calls + call, true);
            try
            {
                Repair(storage);
            }
            catch (IOException)
            {
                // The machine loses its power there.
            }

            wasInterrupted = storage.Failed is not null;
            (storage.FailingCall, storage.FailsOn) = (0, false);
            storage.Crash(new Random(call));
            LogPast past = Repair(storage);
            Assert.Equal(0, past.Position);
            Assert.Equal([SegmentName.Of(1)], storage.Names.Where(name => SegmentName.SequenceOf(name) > 0));

            // A segment takes the place of one that was set aside.
            var settings = new LogSettings();
            var intake = new LogIntake(settings, past, _clock.Milliseconds);
            using var writer = new LogWriter(storage, intake, settings, past, _clock, this);
            writer.Turn();
            Assert.Contains(SegmentName.Of(2), storage.Names);
        }
    }

    [Fact]
    public void What_a_repair_set_aside_does_not_come_back_when_the_power_goes_right_behind_it()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var storage = new MemoryStorage();
            Write(storage, History.Lineage);
            storage.Flip(SegmentName.Of(1), SegmentHeader.Bytes + RecordHead.Bytes + 1);
            Repair(storage);
            storage.Crash(new Random(seed));
            Assert.Equal(0, new LogRecovery(storage, new WholeGroups(), History.Lineage).Run().Position);
        }
    }

    void ILogWatch.OnSynced(long position)
    {
    }

    void ILogWatch.OnDegraded(string reason) => Assert.Fail(reason);

    void ILogWatch.OnStateComplete()
    {
    }

    private static LogPast Repair(MemoryStorage storage) =>
        new LogRecovery(storage, new WholeGroups(), History.Lineage) { IsRepair = true }.Run();

    private void Recover() => new LogRecovery(_storage, new WholeGroups(), History.Lineage).Run();

    private void Write(MemoryStorage storage, Guid lineage)
    {
        var past = LogPast.None(lineage);
        var settings = new LogSettings { Sync = SyncPolicy.Batch, SegmentBytes = 100 };
        var intake = new LogIntake(settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(storage, intake, settings, past, _clock, this);
        for (int i = 1; i < 20; i++)
        {
            Tell(intake, MutationKind.Put, i);
            writer.Turn();
        }
    }

    private void Tell(LogIntake intake, MutationKind kind, long position, long lives = 0, string key = "the-key")
    {
        long now = _clock.Milliseconds;
        intake.OnMutation(new Mutation
        {
            Kind = kind, Position = position, At = now, Key = System.Text.Encoding.ASCII.GetBytes(key),
            Head = kind == MutationKind.Put ? "some value"u8 : default, Cas = (ulong)position,
            ExpiresAt = lives == 0 ? 0 : now + lives, Marks = new ItemMarks(now, false, false),
        });
    }

    private sealed class Every : IMutationSink
    {
        public List<MutationKind> Kinds { get; } = [];

        public ApplyStatus Apply(in Mutation mutation)
        {
            Kinds.Add(mutation.Kind);
            return ApplyStatus.Applied;
        }
    }
}
