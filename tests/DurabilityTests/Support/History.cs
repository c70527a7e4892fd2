using System.Text;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>
/// Lives of a log over a storage that fails: what was told, what was promised to be on the disk, and, after a crash,
/// whether what is recovered is legal: a beginning of what was told, at a place between groups, with all that was
/// promised.
/// </summary>
internal sealed class History : ILogWatch, IDisposable
{
    public static readonly Guid Lineage = new("00112233-4455-6677-8899-aabbccddeeff");

    private readonly MemoryStorage _storage;
    private readonly LogSettings _settings;
    private readonly Random _random;
    private readonly StepClock _clock = new();
    private readonly List<string> _told = [];
    private LogIntake _intake = null!;
    private LogWriter _writer = null!;
    private long _position;
    private long _promised;
    private bool _isInGroup;

    public History(MemoryStorage storage, LogSettings settings, int seed)
    {
        _storage = storage;
        _settings = settings;
        _random = new Random(seed);
        Seed = seed;
    }

    public int Seed { get; }

    public bool IsDegraded { get; private set; }

    /// <summary>Begins or goes on: recovers, checks, opens the log.</summary>
    public RecoveryReport Open()
    {
        var sink = new WholeGroups();
        var recovery = new LogRecovery(_storage, sink, Lineage) { Keys = Secrets.Keys };
        LogPast past = recovery.Run();
        Check(sink.Applied, past);
        // What was not recovered has never been.
        _told.RemoveRange(sink.Applied.Count, _told.Count - sink.Applied.Count);
        _position = past.Position;
        _promised = past.Position;
        _isInGroup = false;
        IsDegraded = false;
        _intake = new LogIntake(_settings, past, _clock.Milliseconds);
        _writer = new LogWriter(_storage, _intake, _settings, past, _clock, this);
        return recovery.Report;
    }

    /// <summary>One step of a writer or of the log.</summary>
    public void Step()
    {
        switch (_random.Next(10))
        {
            case 0:
                _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1500)));
                break;
            case < 4:
                _writer.Turn();
                break;
            default:
                Tell();
                break;
        }
    }

    public void Tell()
    {
        // A segment without a value that lasts would be removed, and its mutations are not missed then.
        int kind = _told.Count == 0 ? 11 : _random.Next(12);
        byte[] key = Encoding.ASCII.GetBytes($"key-{_random.Next(5)}");
        byte[] value = new byte[_random.Next(4) == 0 ? _random.Next(3000) : _random.Next(60)];
        Array.Fill(value, (byte)('a' + _random.Next(26)));
        long now = _clock.Milliseconds;
        if (!_isInGroup && kind == 0)
        {
            Tell(new Mutation { Kind = MutationKind.GroupBegin });
            _isInGroup = true;
        }
        else if (_isInGroup && kind < 3)
        {
            Tell(new Mutation { Kind = MutationKind.GroupEnd });
            _isInGroup = false;
        }
        else if (kind < 5)
        {
            Tell(new Mutation { Kind = MutationKind.ExpiryChanged, At = now, Key = key, ExpiresAt = now + 100_000 });
        }
        else if (kind < 6)
        {
            Tell(new Mutation { Kind = MutationKind.Removed, Key = key, Reason = RemoveReason.Deleted, Cas = 5 });
        }
        else
        {
            Tell(new Mutation
            {
                Kind = MutationKind.Put, At = now, Key = key, Head = value, Cas = (ulong)_position + 6,
                Marks = new ItemMarks(now, false, false),
            });
        }
    }

    public void Turn() => _writer.Turn();

    public void Close() => _writer.Close();

    public void Advance(TimeSpan time) => _clock.Advance(time);

    public void Crash()
    {
        _writer.Dispose();
        _storage.FailingCall = 0;
        _storage.FailsOn = false;
        _storage.Crash(_random);
    }

    public void OnSynced(long position) => _promised = Math.Max(_promised, position);

    public void OnDegraded(string reason) => IsDegraded = true;

    public void OnStateComplete()
    {
    }

    public void Dispose() => _writer?.Dispose();

    private void Tell(Mutation mutation)
    {
        if (_intake.IsLost)
        {
            return;
        }

        mutation.Position = ++_position;
        _told.Add(MutationText.Of(mutation));
        _intake.OnMutation(mutation);
    }

    private void Check(List<string> recovered, LogPast past)
    {
        string where = $"seed {Seed}, after {_storage.Failed ?? "a crash"}";
        Assert.True(recovered.Count <= _told.Count, $"{where}: more was recovered than was told");
        for (int i = 0; i < recovered.Count; i++)
        {
            Assert.True(_told[i] == recovered[i], $"{where}: {i}: {recovered[i]} was {_told[i]}");
        }

        int groups = recovered.Count(t => t.StartsWith("GroupBegin", StringComparison.Ordinal))
            - recovered.Count(t => t.StartsWith("GroupEnd", StringComparison.Ordinal));
        Assert.True(groups == 0, $"{where}: a group is half there");
        // A promise in the middle of a group says nothing of it: who wrote it waits for its end.
        Assert.True(past.Position >= _promised || IsMiddleOfGroup(recovered.Count), $"{where}: {past.Position} is "
            + $"before {_promised}, which was promised");
    }

    private bool IsMiddleOfGroup(int from)
    {
        int end = _told.FindIndex(from, t => t.StartsWith("GroupEnd", StringComparison.Ordinal));
        return from < _told.Count && _told[from].StartsWith("GroupBegin", StringComparison.Ordinal)
            && (end < 0 || PositionOf(_told[end]) > _promised);
    }

    private static long PositionOf(string told) =>
        long.Parse(told.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
