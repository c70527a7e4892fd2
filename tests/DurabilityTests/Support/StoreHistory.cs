using System.Text;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Following;
using SessionGateway.Store.Segments;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>
/// Lives of a store whose log lies on a storage that fails: strings, hashes, groups, lifetimes, states among them, and
/// segments that are removed. After a crash the store that is recovered has to be what it was at some position: not
/// before what was promised, and never inside of a group.
/// </summary>
internal sealed class StoreHistory(MemoryStorage storage, LogSettings settings, int seed) : ILogWatch, IDisposable
{
    private const int Keys = 8;
    private const int Fields = 24;

    private readonly Random _random = new(seed);
    private readonly StepClock _clock = new();
    private readonly ToldMutations _told = new();
    private SegmentItemStore? _store;
    private LogIntake _intake = null!;
    private LogWriter? _writer;
    private StateWalk _walk = null!;
    private long _promised;
    private bool _isStateWanted;

    /// <summary>States that were completed.</summary>
    public int States { get; private set; }

    /// <summary>Failures of the disk that the log noticed.</summary>
    public int Failures { get; private set; }

    /// <summary>Promises that were kept: positions behind the beginning of their life.</summary>
    public int Promises { get; private set; }

    /// <summary>Groups that were told.</summary>
    public int Groups { get; private set; }

    /// <summary>Begins or goes on: recovers, checks, opens the log.</summary>
    public void Open()
    {
        SegmentItemStore store = NewStore();
        try
        {
            var recovery = new LogRecovery(storage, new MutationApplier(store), History.Lineage)
            {
                Keys = Secrets.Keys,
            };
            LogPast past = recovery.Run();
            Check(store, past, recovery.Report);
            _told.Forget(past.Position);
            _promised = past.Position;
            store.RaiseCas(past.HighestCas + (1UL << 20));
            store.Mutations.ContinueFrom(past.Position);
            _intake = new LogIntake(settings, past, _clock.Milliseconds);
            _writer = new LogWriter(storage, _intake, settings, past, _clock, this);
            _walk = new StateWalk(store, _intake, settings, _clock);

            // As a gateway starts: nobody is served before there is a segment.
            _writer.Turn();
            if (!_writer.IsWhole)
            {
                throw new IOException(_writer.LastFailure);
            }

            _store?.Dispose();
            _store = store;
            store.Listen(_told);
            store.Listen(_intake);
        }
        catch
        {
            if (_store != store)
            {
                store.Dispose();
            }

            throw;
        }
    }

    /// <summary>One step of who writes, or of the log.</summary>
    public void Step()
    {
        switch (_random.Next(24))
        {
            case 0:
                _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1500)));
                break;
            case 1:
                _isStateWanted |= _random.Next(3) == 0;
                break;
            case < 8:
                Turn();
                break;
            case < 11:
                Group();
                break;
            default:
                Write(NewKey());
                break;
        }
    }

    /// <summary>As the log's thread does.</summary>
    public void Turn()
    {
        _writer!.Turn();
        if (!_writer.IsWhole)
        {
            _walk.Abandon();
            _writer.TryRestore(() => _walk.TryBegin(isRestart: true));
        }
        else if (_isStateWanted && !_walk.IsRunning)
        {
            _isStateWanted = !_walk.TryBegin(isRestart: false);
        }

        _walk.Step();
    }

    /// <summary>Stops in order.</summary>
    public void Close()
    {
        _walk.Abandon();
        _writer!.Close();
    }

    /// <summary>The machine loses its power.</summary>
    public void Crash()
    {
        _writer!.Dispose();
        storage.FailingCall = 0;
        storage.FailsOn = false;
        storage.Crash(_random);
        // Some outages are longer than some lifetimes.
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3) == 0 ? _random.Next(20_000) : 0));
    }

    /// <inheritdoc/>
    public void OnSynced(long position) => _promised = Math.Max(_promised, _told.WholeUpTo(position));

    /// <inheritdoc/>
    public void OnDegraded(string reason) => Failures++;

    /// <inheritdoc/>
    public void OnStateComplete() => States++;

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _store?.Dispose();
    }

    private static SegmentItemStore NewStore() =>
        new(new SegmentStoreOptions { MemoryLimit = 8 << 20, Seed = 5, ShardBits = 1 });

    private static byte[] Name(string kind, int number) => Encoding.ASCII.GetBytes($"{kind}-{number}");

    private void Group()
    {
        long now = _clock.Milliseconds;
        Groups++;
        using MultiShardScope all = _store!.EnterMany(_store.AllShards, now);
        for (int i = _random.Next(2, 5); i > 0; i--)
        {
            Write(NewKey());
            if (_random.Next(6) == 0)
            {
                // The log's thread is another one: it writes, and syncs, in the middle.
                _writer!.Turn();
            }
        }
    }

    private byte[] NewKey() => Name(_random.Next(4) == 0 ? "hash" : "string", _random.Next(Keys));

    private byte[] NewValue()
    {
        byte[] value = new byte[_random.Next(5) == 0 ? _random.Next(3000) : _random.Next(80)];
        _random.NextBytes(value);
        return value;
    }

    private void Write(byte[] name)
    {
        long now = _clock.Milliseconds;
        long until = _random.Next(3) == 0 ? 0 : now + _random.Next(1, 30_000);
        ItemKey key = _store!.Key(0, name);
        using ShardScope scope = _store.Enter(key, now);
        Shard shard = scope.Shard;
        switch (_random.Next(10))
        {
            case 0:
                shard.Remove(key, RemoveReason.Deleted, now);
                break;
            case 1:
                shard.SetExpiry(key, until, now);
                break;
            case 2 when shard.TryPeek(key, now, out ItemView old) && old.Type == ItemType.String:
                int offset = _random.Next(old.Value.Length + 1);
                shard.Splice(key, offset, _random.Next(old.Value.Length - offset + 1), NewValue(), now, out _);
                break;
            case 3 when shard.TryPeek(key, now, out ItemView same) && same.Type == ItemType.String:
                shard.Put(key, same.Value, default, new ItemAttributes(7, until), now, out _);
                break;
            case 4 when _random.Next(8) == 0:
                // Ended items are told as such.
                shard.ExpireStep(now, 100);
                break;
            default:
                if (name[0] == 'h')
                {
                    byte[] value = new byte[_random.Next(400)];
                    _random.NextBytes(value);
                    shard.Collections.Hashes.Set(key, Name("field", _random.Next(Fields)), value, now);
                }
                else
                {
                    shard.Put(key, NewValue(), default, new ItemAttributes((uint)_random.Next(9), until), now, out _);
                }

                break;
        }
    }

    private void Check(SegmentItemStore store, LogPast past, RecoveryReport report)
    {
        string where = $"seed {seed}, after {storage.Failed ?? "a crash"}";
        Assert.True(past.Position >= _promised, $"{where}: {past.Position} is before {_promised}, which was promised");
        Assert.True(_told.WholeUpTo(past.Position) == past.Position || past.Position == 0,
            $"{where}: {past.Position} is inside of a group, or was never told");
        Assert.True(report.OutOfMemory == 0, $"{where}: {report.OutOfMemory} without memory");
        Promises += _promised > 0 ? 1 : 0;
        using SegmentItemStore expected = NewStore();
        _told.Replay(past.Position, new MutationApplier(expected));
        for (int i = 0; i < Keys; i++)
        {
            CompareString(expected, store, i, where);
            CompareHash(expected, store, i, where);
        }
    }

    private void CompareString(SegmentItemStore expected, SegmentItemStore found, int number, string where)
    {
        byte[] name = Name("string", number);
        long now = _clock.Milliseconds;
        ItemKey key = expected.Key(0, name), other = found.Key(0, name);
        using ShardScope one = expected.Enter(key, now), two = found.Enter(other, now);
        bool isThere = one.Shard.TryPeek(key, now, out ItemView a);
        bool isFound = two.Shard.TryPeek(other, now, out ItemView b);
        Assert.True(isThere == isFound, $"{where}: string {number} is there {isFound}, was {isThere}");
        Assert.True((a.Flags, a.Cas, a.ExpiresAt) == (b.Flags, b.Cas, b.ExpiresAt) && a.Value.SequenceEqual(b.Value),
            $"{where}: string {number} is {b.Flags} {b.Cas} {b.ExpiresAt} with {b.Value.Length} bytes, was {a.Flags} "
                + $"{a.Cas} {a.ExpiresAt} with {a.Value.Length}");
    }

    private void CompareHash(SegmentItemStore expected, SegmentItemStore found, int number, string where)
    {
        byte[] name = Name("hash", number);
        long now = _clock.Milliseconds;
        ItemKey key = expected.Key(0, name), other = found.Key(0, name);
        using ShardScope one = expected.Enter(key, now), two = found.Enter(other, now);
        bool isThere = one.Shard.TryPeek(key, now, out ItemView a);
        bool isFound = two.Shard.TryPeek(other, now, out ItemView b);
        Assert.True(isThere == isFound && a.ExpiresAt == b.ExpiresAt,
            $"{where}: hash {number} is there {isFound} until {b.ExpiresAt}, was {isThere} until {a.ExpiresAt}");
        for (int field = 0; field < Fields && isThere; field++)
        {
            byte[] fieldName = Name("field", field);
            Lookup was = one.Shard.Collections.Hashes.Find(key, fieldName, now, out ElementView first);
            Lookup isNow = two.Shard.Collections.Hashes.Find(other, fieldName, now, out ElementView second);
            Assert.True(was == isNow && first.Value.SequenceEqual(second.Value),
                $"{where}: field {field} of hash {number} is another one: {isNow}, was {was}");
        }
    }
}
