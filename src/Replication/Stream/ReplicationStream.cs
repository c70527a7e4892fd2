using SessionGateway.Protocols.Buffers;
using SessionGateway.Replication.Link;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Stream;

/// <summary>
/// The history of a node as replicas read it: a name, bytes at offsets, and how far an earlier name is valid (PSYNC2).
/// As a primary it writes what the store does; as a replica it takes over the bytes that it was sent, so that whoever
/// reads from both finds the same bytes at the same offsets. Any thread; effects come under the stream's lock.
/// </summary>
public sealed class ReplicationStream : IMutationListener, IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Func<ulong> _random;
    private readonly OutputBuffer _commands = new(FirstBytes, int.MaxValue);
    private readonly IEffectWriter _writer;
    private int _pings;
    private int _questions;
    private readonly Queue<PairMessage> _messages = new();
    private long _effectOffset;
    private long _questionOffset;

    /// <summary>Begins a history at offset 0.</summary>
    /// <param name="form">How it is told.</param>
    /// <param name="mostBytes">Bytes of the backlog.</param>
    /// <param name="random">64 random bits.</param>
    public ReplicationStream(HistoryForm form, long mostBytes, Func<ulong> random)
    {
        _random = random;
        Form = form;
        _writer = form == HistoryForm.Records ? new RecordWriter(_commands) : new EffectWriter(_commands);
        Backlog = new Backlog(mostBytes);
        Id = ReplicationId.Next(random);
    }

    /// <summary>How it is told.</summary>
    public HistoryForm Form { get; }

    /// <summary>The bytes.</summary>
    public Backlog Backlog { get; }

    /// <summary>Its name.</summary>
    public string Id { get; private set; }

    /// <summary>The name before, <see cref="ReplicationId.None"/> without one.</summary>
    public string SecondId { get; private set; } = ReplicationId.None;

    /// <summary>The first offset that is not of <see cref="SecondId"/>; -1 without one.</summary>
    public long SecondOffset { get; private set; } = -1;

    /// <summary>Offset behind the last byte.</summary>
    public long Offset => Backlog.End;

    /// <summary>Offset behind the last effect: who has reached it has all that was written.</summary>
    public long EffectOffset => Volatile.Read(ref _effectOffset);

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        lock (_lock)
        {
            _writer.Write(mutation);
            long effects = _commands.Length;
            if (effects > 0)
            {
                Volatile.Write(ref _effectOffset, Backlog.End + effects);
            }

            Publish();
        }
    }

    /// <summary>Somebody begins to read at the end: the next command names its database.</summary>
    /// <returns>Where it begins.</returns>
    public long BeginReader()
    {
        lock (_lock)
        {
            _writer.ForgetDatabase();
            return Backlog.End;
        }
    }

    /// <summary>Says that the primary lives, between two effects and not inside a group.</summary>
    public void Ping()
    {
        lock (_lock)
        {
            _pings = 1;
            Publish();
        }
    }

    /// <summary>Asks all who read how far they are, between two effects and not inside a group.</summary>
    /// <param name="ifNew">Only when there were effects since they were asked last.</param>
    public void AskReaders(bool ifNew = false)
    {
        lock (_lock)
        {
            if (ifNew && _effectOffset <= _questionOffset)
            {
                return;
            }

            _questions = 1;
            Publish();
        }
    }

    /// <summary>Tells the backup of a pair something, behind all effects so far and not inside a group.</summary>
    public void Say(in PairMessage message)
    {
        lock (_lock)
        {
            _messages.Enqueue(message);
            Publish();
        }
    }

    /// <summary>Adds bytes that a primary sent: they are this history's, too.</summary>
    public void AppendSent(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            Backlog.Append(bytes);
        }
    }

    /// <summary>Takes a primary's history over, from an offset on; what was before is forgotten.</summary>
    public void Adopt(string id, long offset)
    {
        lock (_lock)
        {
            (Id, SecondId, SecondOffset) = (id, ReplicationId.None, -1);
            Backlog.Restart(offset);
            Volatile.Write(ref _effectOffset, 0);
            _questionOffset = 0;
        }
    }

    /// <summary>The primary goes on under another name: it was a replica itself, and is the primary now.</summary>
    public void Rename(string id)
    {
        lock (_lock)
        {
            if (id != Id)
            {
                (SecondId, SecondOffset, Id) = (Id, Backlog.End + 1, id);
            }
        }
    }

    /// <summary>Goes on as a primary: a new name from here on, the old one is valid up to here.</summary>
    public void Promote()
    {
        Rename(ReplicationId.Next(_random));
        Volatile.Write(ref _effectOffset, BeginReader());
    }

    /// <summary>Nobody has read for long: a new history, which nobody knows.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (Id, SecondId, SecondOffset) = (ReplicationId.Next(_random), ReplicationId.None, -1);
            Backlog.Restart(Backlog.End);
        }
    }

    /// <summary>True when a replica that has read so far may go on (redis 7 replication.c,
    /// masterTryPartialResync).</summary>
    /// <param name="id">The name that it knows.</param>
    /// <param name="offset">The next byte that it wants, counted from 1 as on the wire.</param>
    public bool CanContinue(ReadOnlySpan<byte> id, long offset)
    {
        lock (_lock)
        {
            bool isKnown = Is(id, Id) || (Is(id, SecondId) && offset <= SecondOffset);
            return isKnown && offset - 1 >= Backlog.Start && offset - 1 <= Backlog.End;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _commands.Dispose();

    private static bool Is(ReadOnlySpan<byte> text, string id) =>
        id != ReplicationId.None && System.Text.Ascii.EqualsIgnoreCase(text, id);

    private void Publish()
    {
        if (!_writer.IsInGroup)
        {
            for (; _pings > 0; _pings--)
            {
                _writer.WritePing();
            }

            for (; _questions > 0; _questions--)
            {
                _writer.WriteQuestion();
                _questionOffset = Backlog.End + _commands.Length;
            }
        }

        while (!_writer.IsInGroup && _messages.TryDequeue(out PairMessage message))
        {
            _writer.WritePair(message);
        }

        if (_commands.Length > 0)
        {
            Backlog.Append(_commands.Written);
            _commands.Clear(FirstBytes);
        }
    }
}
