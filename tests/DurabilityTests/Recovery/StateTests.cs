using System.Text;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>A state of all items goes into the log while others write; behind a failure of the disk only it makes the
/// log whole again.</summary>
public sealed class StateTests : ILogWatch, IDisposable
{
    private const int Sessions = 3000;
    private const int Fields = 500;

    private static readonly LogSettings Settings = new() { Sync = SyncPolicy.Batch, QueueBytes = 256 << 10 };

    private readonly MemoryStorage _storage = new();
    private readonly StepClock _clock = new();
    private readonly Random _random = new(5);
    private readonly SegmentItemStore _store = new(64 << 20, 1);
    private readonly LogIntake _intake;
    private readonly LogWriter _writer;
    private readonly StateWalk _walk;
    private long _synced;
    private int _failures;
    private int _states;

    public StateTests()
    {
        var past = LogPast.None(History.Lineage);
        _intake = new LogIntake(Settings, past, _clock.Milliseconds);
        _writer = new LogWriter(_storage, _intake, Settings, past, _clock, this);
        _walk = new StateWalk(_store, _intake, Settings, _clock);
        _store.Listen(_intake);
        for (int i = 0; i < Sessions; i++)
        {
            Write(i);
            _writer.Turn();
        }

        for (int i = 0; i < Fields; i++)
        {
            SetField(i);
            _writer.Turn();
        }

        _writer.Turn();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void A_state_among_writes_replaces_all_that_was_before_it()
    {
        Assert.True(_walk.TryBegin(isRestart: false));
        Finish();
        Assert.Equal(1, _states);
        Assert.Equal(2, _storage.Names.Length);
        _writer.Turn();
        Compare(_synced);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(50)]
    [InlineData(0)]
    public void What_a_crash_left_of_a_removal_is_removed_by_whoever_goes_on(int bytes)
    {
        byte[] old = _storage.Bytes(SegmentName.Of(1));
        Assert.True(_walk.TryBegin(isRestart: false));
        Finish();
        _writer.Turn();
        Assert.DoesNotContain(SegmentName.Of(1), _storage.Names);
        _storage.Put(SegmentName.Of(1), old[..Math.Min(old.Length, bytes)]);
        Compare(_synced);
        using var twin = new SegmentItemStore(64 << 20, 9);
        LogPast past = new LogRecovery(_storage, new MutationApplier(twin), History.Lineage).Run();
        Assert.Contains(SegmentName.Of(1), _storage.Names);

        var intake = new LogIntake(Settings, past, _clock.Milliseconds);
        using var writer = new LogWriter(_storage, intake, Settings, past, _clock, this);
        intake.OnMutation(new Mutation
        {
            Kind = MutationKind.Put, Position = past.Position + 1, At = _clock.Milliseconds, Key = "one-more"u8,
            Head = "value"u8, Marks = new ItemMarks(_clock.Milliseconds, false, false),
        });
        writer.Turn();
        Assert.DoesNotContain(SegmentName.Of(1), _storage.Names);
        Assert.Equal(past.Position + 1, _synced);
    }

    [Fact]
    public void A_state_that_a_crash_cuts_off_is_not_used()
    {
        Assert.True(_walk.TryBegin(isRestart: false));
        for (int i = 0; i < 5; i++)
        {
            Write(_random.Next(Sessions));
            SetField(_random.Next(Fields));
            _walk.Step();
            _writer.Turn();
        }

        Assert.True(_walk.IsRunning, "the state was complete too soon");
        _storage.Crash(_random);
        Compare(_synced);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("sync")]
    public void Behind_a_failure_a_state_makes_the_log_whole_and_nothing_is_promised_before(string call)
    {
        long before = _synced;
        _storage.WrittenPercent = 30;
        _storage.FailingCall = _storage.Calls + (call == "append" ? 1 : 2);
        _storage.FailsOn = true;
        Write(1);
        _writer.Turn();
        Assert.True(_writer.IsDegraded);
        Assert.Equal(1, _failures);
        Assert.Equal(call, _storage.Failed);

        // Nobody is held up, and nothing grows.
        for (int i = 0; i < Sessions; i++)
        {
            Write(i);
            _writer.Turn();
        }

        Assert.InRange(_intake.QueuedBytes, 0, 2000);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_writer.TryRestore(() => _walk.TryBegin(isRestart: true)), "the disk still fails");
        _storage.FailingCall = 0;
        Assert.False(_writer.TryRestore(() => _walk.TryBegin(isRestart: true)), "it was tried a moment ago");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_writer.TryRestore(() => _walk.TryBegin(isRestart: true)));
        _writer.Turn();
        Assert.True(_writer.IsDegraded, "there is no state yet");
        Assert.Equal(before, _synced);
        Finish();
        Assert.False(_writer.IsDegraded);
        Write(7);
        _writer.Turn();
        Assert.Equal(_store.Mutations.Position, _synced);
        _storage.Crash(_random);
        Compare(_synced);
    }

    [Fact]
    public void A_crash_before_the_state_is_complete_gives_what_was_there_at_the_failure()
    {
        _storage.FailingCall = _storage.Calls + 1;
        Write(1);
        _writer.Turn();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_writer.TryRestore(() => _walk.TryBegin(isRestart: true)));
        _writer.Turn();
        _storage.Crash(_random);
        using var twin = new SegmentItemStore(64 << 20, 9);
        var recovery = new LogRecovery(_storage, new MutationApplier(twin), History.Lineage);
        Assert.Equal(_synced, recovery.Run().Position);
        Assert.True(recovery.Report.Orphans > 0, "the unfinished state is still there");
        Assert.Equal(Sessions + 1, twin.Count(0));
    }

    void ILogWatch.OnSynced(long position) => _synced = position;

    void ILogWatch.OnDegraded(string reason) => _failures++;

    void ILogWatch.OnStateComplete() => _states++;

    private void Finish()
    {
        for (int i = 0; _states == 0; i++)
        {
            Assert.True(i < 10_000, "the state does not end");
            Write(_random.Next(Sessions));
            SetField(_random.Next(Fields));
            Remove(_random.Next(Sessions));
            _walk.Step();
            _writer.Turn();
        }
    }

    private void Write(int session)
    {
        long now = _clock.Milliseconds;
        ItemKey key = _store.Key(0, Encoding.ASCII.GetBytes($"session-{session}"));
        byte[] value = new byte[_random.Next(100, 400)];
        _random.NextBytes(value);
        using ShardScope scope = _store.Enter(key, now);
        scope.Shard.Put(key, value, default,
            new ItemAttributes((uint)session, now + 1_000_000 + _random.Next(1000)), now, out _);
    }

    private void Remove(int session)
    {
        ItemKey key = _store.Key(0, Encoding.ASCII.GetBytes($"session-{session}"));
        using ShardScope scope = _store.Enter(key, _clock.Milliseconds);
        scope.Shard.Remove(key, RemoveReason.Deleted, _clock.Milliseconds);
    }

    private void SetField(int field)
    {
        ItemKey key = _store.Key(0, "large"u8);
        byte[] value = new byte[100];
        _random.NextBytes(value);
        using ShardScope scope = _store.Enter(key, _clock.Milliseconds);
        scope.Shard.Collections.Hashes.Set(
            key, Encoding.ASCII.GetBytes($"field-{field}"), value, _clock.Milliseconds, 0);
    }

    // The recovered store is the one that is running: nothing was written since the last sync.
    private void Compare(long position)
    {
        using var twin = new SegmentItemStore(
            new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 9, ShardBits = 3 });
        var recovery = new LogRecovery(_storage, new MutationApplier(twin), History.Lineage);
        LogPast past = recovery.Run();
        Assert.Equal(position, past.Position);
        Assert.Equal(0, recovery.Report.Diverged);
        Assert.Equal(_store.Count(0), twin.Count(0));
        long now = _clock.Milliseconds;
        for (int i = 0; i < Sessions; i++)
        {
            byte[] name = Encoding.ASCII.GetBytes($"session-{i}");
            ItemKey key = _store.Key(0, name), other = twin.Key(0, name);
            using ShardScope first = _store.Enter(key, now), second = twin.Enter(other, now);
            bool isThere = first.Shard.TryPeek(key, now, out ItemView a);
            Assert.Equal(isThere, second.Shard.TryPeek(other, now, out ItemView b));
            Assert.True(a.Value.SequenceEqual(b.Value), $"session {i} has another value");
            Assert.Equal((a.Flags, a.Cas, a.ExpiresAt), (b.Flags, b.Cas, b.ExpiresAt));
        }

        ItemKey large = _store.Key(0, "large"u8), copy = twin.Key(0, "large"u8);
        using ShardScope one = _store.Enter(large, now), two = twin.Enter(copy, now);
        for (int i = 0; i < Fields; i++)
        {
            byte[] field = Encoding.ASCII.GetBytes($"field-{i}");
            Assert.Equal(Lookup.Found, one.Shard.Collections.Hashes.Find(large, field, now, out ElementView a));
            Assert.Equal(Lookup.Found, two.Shard.Collections.Hashes.Find(copy, field, now, out ElementView b));
            Assert.True(a.Value.SequenceEqual(b.Value), $"field {i} has another value");
        }
    }
}
