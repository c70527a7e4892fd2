using System.Net;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Resp;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Whose replica this is, and who are its replicas. The first loop has the link to the primary; replicas are
/// connections of any loop.
/// </summary>
internal sealed partial class Replicator : IReplication, IMutationListener, IDisposable
{
    // What one of the two histories may have of --memory, in parts: items come first, with a small one, too.
    private const int HistoryShare = 8;

    private readonly Lock _lock = new();
    private readonly CommandServices _services;
    private readonly EventLoop _loop;
    private readonly GatewayOptions _options;
    private readonly ReplicationLog _log;
    private readonly HistoryLine _commands;
    private readonly HistoryLine _records;
    private readonly HistoryLine[] _lines;
    private readonly FullCopies _copies;
    private readonly Backups? _backups;
    private readonly LookTimer? _lookTimer;
    private volatile PrimaryLink? _primary;

    // The primary that will be followed when the log is read: until then this is a replica that is not connected.
    private volatile PrimaryFigures? _awaited;
    private volatile ReplicationStream? _followed;
    private volatile ReplicaFeed[] _feeds = [];
    private readonly Func<ulong> _random;
    private bool _isUnfollowed;
    private volatile bool _isListening;
    private volatile bool _isAsked;
    private long _lastPing;
    private long _countedBytes;
    private long _fullCopies;
    private long _continued;
    private long _notContinued;

    /// <summary>Makes a primary without replicas.</summary>
    /// <param name="services">What commands share.</param>
    /// <param name="loops">The loops.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="random">64 random bits.</param>
    /// <param name="log">Where is logged.</param>
    /// <param name="backups">Acknowledge writes; null: no write waits for a replica.</param>
    public Replicator(
        CommandServices services, IReadOnlyList<EventLoop> loops, GatewayOptions options, Func<ulong> random,
        ReplicationLog log, Backups? backups = null)
    {
        (_services, _loop, _options, _log, _random) = (services, loops[0], options, log, random);
        long backlog = Math.Min(options.ReplBacklogSizeBytes, options.MemoryBytes / HistoryShare);
        _commands = new HistoryLine(new ReplicationStream(HistoryForm.Commands, backlog, random));
        _records = new HistoryLine(new ReplicationStream(HistoryForm.Records, backlog, random))
        {
            Positions = backups is null ? null : new PositionMap(),
        };
        _backups = backups;
        _lines = [_commands, _records];
        _copies = new FullCopies(loops[0], options.MemoryBytes, Keep, random, log);
        _awaited = options.Replicaof is { } primary
            ? new PrimaryFigures(primary.Host, primary.Port, "connect", -1, 0, 0, 0, 0, 0, 0) : null;
        foreach (EventLoop loop in loops)
        {
            loop.TurnEnded = OnTurnEnded;
        }

        if (backups is not null)
        {
            _lookTimer = new LookTimer(_loop, backups, options.AckTimeout);
            backups.Settling.Gate.TurnEnded += AskBackups;
        }
    }

    /// <inheritdoc/>
    public bool IsReplica => Pair is { } pair ? !pair.Leads : _primary is not null || _awaited is not null;

    /// <summary>Hears where the primary is, as soon as it is known; from any thread. Set before the loops
    /// run.</summary>
    public Action<PrimaryPlace>? PlaceChanged { get; set; }

    /// <inheritdoc/>
    public bool RefusesWrites => _backups is { Policy.RefusesWrites: true };

    /// <summary>Those whose acknowledgements writes wait for; null: none does.</summary>
    public Backups? Backups => _backups;

    /// <inheritdoc/>
    public RequestWaiters Waiters { get; } = new();

    /// <inheritdoc/>
    public HistoryMark Mark => new(_commands.Stream.EffectOffset, _records.Stream.EffectOffset);

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        // What a primary sent is in its history as it was sent; the other history has it as an effect. What ends by
        // itself here ends there, too, when the primary says so.
        bool isSent = PrimaryExecutor.IsExecuting;
        ReplicationStream? followed = _followed;
        if (_primary is not null && !isSent)
        {
            return;
        }

        foreach (HistoryLine line in _lines)
        {
            if (line.Keeps && !(isSent && line.Stream == followed))
            {
                line.Stream.OnMutation(mutation);
                line.Note(mutation.Position);
            }
        }
    }

    /// <inheritdoc/>
    public bool Follow(string host, int port)
    {
        PrimaryLink? old;
        PrimaryLink link;
        Listen();
        lock (_lock)
        {
            old = _primary;
            if (old?.Host == host && old.Port == port)
            {
                return false;
            }

            var login = new ReplicaLogin
            {
                User = _options.MasterUser, Password = _options.MasterAuth, ListeningPort = _services.Port,
            };
            string spool = _options.DataDir.Length > 0 ? _options.DataDir : Path.GetTempPath();
            var link_ = new LinkOptions(
                host, port, login, Pair is null ? _options.ReplTimeout : _options.PairDownAfter * 2, spool,
                _options.Ack == AckKind.BackupAndDisk, Pair, _random);
            ReplicationStream? known = _records.Keeps ? _records.Stream : _commands.Keeps ? _commands.Stream : null;
            link = new PrimaryLink(
                _loop, [_commands.Stream, _records.Stream], known, link_, _log, form => OnCopyBegins(form));
            _followed = known;
            link.Reached = address => OnReached(link, address as IPEndPoint);

            // Before it is a replica, so that no write is refused that could be forwarded.
            PlaceChanged?.Invoke(PrimaryPlace.Awaited(new PrimaryAddress(host, port, SpeaksMemcached: true)));
            _primary = link;
            Settling?.Follow();
            _awaited = null;
            _isUnfollowed = false;
        }

        _log.Follows(host, port);
        _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () =>
        {
            old?.Stop();
            link.Start();
        }));
        return true;
    }

    /// <inheritdoc/>
    public void Lead()
    {
        PrimaryLink? old;
        Listen();
        lock (_lock)
        {
            old = _primary;
            if (old is null && !_isUnfollowed)
            {
                return;
            }

            _followed?.Promote();
            _records.NoteBegin(_services.Store.Mutations.Position);
            Settling?.Lead();
            _primary = null;
            PlaceChanged?.Invoke(PrimaryPlace.Here);
            _isUnfollowed = false;
        }

        ReplicationStream stream = Main.Stream;
        _log.Leads(stream.Id, stream.Offset);
        if (old is not null)
        {
            _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () =>
            {
                old.Stop();
                Settling?.EndFollowing();
            }));
        }
    }

    /// <inheritdoc/>
    public void Attach(CommandContext context, ReplicaPeer peer, ReadOnlySpan<byte> id, long offset)
    {
        var connection = (Connection)context.Client;
        peer.IsAttached = true;
        peer.AcknowledgedAt = context.Now;
        HistoryLine line = peer.TakesRecords ? _records : _commands;
        var feed = new ReplicaFeed(connection, peer, line.Stream, _log) { WantsLine = offset != 0, Gone = Remove };
        lock (_lock)
        {
            _feeds = [.. _feeds, feed];
        }

        connection.BeginFeed(feed);
        if (offset > 0 && line.Keeps && line.Stream.CanContinue(id, offset))
        {
            context.Output.Write("+CONTINUE"u8);
            if (peer.KnowsRenames)
            {
                context.Output.WriteText($" {line.Stream.Id}");
            }

            context.Output.Write("\r\n"u8);
            feed.BeginHistory(offset - 1);
            Interlocked.Increment(ref _continued);
            _log.ReplicaContinues(connection.RemoteAddress, offset - 1);
        }
        else if (peer.TakesMarkedCopies)
        {
            // Who knows nothing asks for no history.
            Interlocked.Add(ref _notContinued, offset > 0 && id[0] != (byte)'?' ? 1 : 0);
            Interlocked.Increment(ref _fullCopies);
            _copies.Add(feed);
        }
        else
        {
            context.Output.Write("-ERR copies are sent to replicas that say REPLCONF capa eof only\r\n"u8);
            context.Client.CloseAfterReply = true;
        }
    }

    /// <inheritdoc/>
    public void Acknowledge(ReplicaPeer peer, long offset, long synced)
    {
        if (Array.Find(_feeds, feed => feed.Peer == peer) is { } feed)
        {
            feed.Acknowledge(offset);
            Pair?.OnAcknowledged(peer);
            peer.Synced = Math.Max(peer.Synced, synced);
            if (_backups is not null && LineOf(feed.Stream).Positions is { } positions)
            {
                _backups.OnAcknowledged(feed, positions, _lookTimer!.Now);
            }
        }

        Waiters.WakeAll();
    }

    /// <inheritdoc/>
    public void AnswerPrimary() => _primary?.AcknowledgeSoon();

    /// <inheritdoc/>
    public int CountReached(HistoryMark mark) =>
        _feeds.Count(feed => feed.Peer.IsOnline && feed.Peer.Acknowledged >= OffsetOf(mark, feed));

    /// <inheritdoc/>
    public int CountSynced(HistoryMark mark) =>
        _feeds.Count(feed => feed.Peer.IsOnline && feed.Peer.Synced >= OffsetOf(mark, feed));

    /// <inheritdoc/>
    public void AskReplicas() => _isAsked = true;

    /// <inheritdoc/>
    public ReplicationFigures Figures()
    {
        long now = _services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        PrimaryLink? primary = _primary;
        HistoryLine line = Main;
        ReplicationStream stream = line.Stream;
        return new ReplicationFigures
        {
            Id = stream.Id,
            SecondId = stream.SecondId,
            SecondOffset = stream.SecondOffset,
            Offset = stream.Offset,
            KeepsBacklog = line.Keeps,
            BacklogSize = stream.Backlog.Capacity,
            BacklogStart = stream.Backlog.Start,
            FullCopies = Volatile.Read(ref _fullCopies),
            Continued = Volatile.Read(ref _continued),
            NotContinued = Volatile.Read(ref _notContinued),
            Replicas = [.. _feeds.Select(feed => FiguresOf(feed, now))],
            Priority = Pair is { CanPromote: false } ? 0 : 100,
            Primary = Pair is { ShowsMaster: true } ? null : primary is null ? Awaited : FiguresOf(primary, now),
        };
    }

    /// <summary>Once a second, on the first loop.</summary>
    public void Look(long now)
    {
        _primary?.Look(now);
        _lookTimer?.Begin();
        foreach (ReplicaFeed feed in _feeds)
        {
            feed.Look(now, (long)_options.ReplTimeout.TotalMilliseconds);
        }

        LookAtLines(now);
    }

    /// <summary>Ends; the loops have stopped.</summary>
    public void Dispose()
    {
        _copies.Dispose();
        if (_isListening)
        {
            _services.Store.Unlisten(this);
        }

        _primary?.Stop();
        foreach (HistoryLine line in _lines)
        {
            line.Stream.Dispose();
        }
    }

    // The history that INFO tells of: the primary's, else the one of gateways when there are any.
    private HistoryLine Main => _followed is { } followed && _primary is not null
        ? Array.Find(_lines, line => line.Stream == followed)! : _records.Keeps ? _records : _commands;

    private static ReplicaFigures FiguresOf(ReplicaFeed feed, long now)
    {
        string remote = feed.Connection.RemoteAddress;
        string address = feed.Peer.Address ?? remote[..Math.Max(remote.LastIndexOf(':'), 0)].Trim('[', ']');
        return new ReplicaFigures(
            address, feed.Peer.ListeningPort, feed.StateName, feed.Peer.Acknowledged,
            feed.Peer.IsOnline ? Math.Max(now - feed.Peer.AcknowledgedAt, 0) / 1000 : 0);
    }

    private PrimaryFigures FiguresOf(PrimaryLink link, long now)
    {
        string state = link.State;
        PrimaryConversation? talk = link.Talk;
        return new PrimaryFigures(
            link.Host, link.Port, state, Math.Max(now - link.LastIo, 0) / 1000,
            state == "connected" ? 0 : Math.Max(now - link.DownSince, 0) / 1000,
            talk?.PayloadBytes ?? 0, Math.Max(talk?.PayloadLength ?? 0, 0), link.Stream.Offset + link.WaitingBytes,
            link.Stream.Offset, link.Executor.Failures);
    }

    private static long OffsetOf(HistoryMark mark, ReplicaFeed feed) =>
        feed.Stream.Form == HistoryForm.Records ? mark.Records : mark.Commands;

    // A copy begins: from now on all effects are written. All shards are held.
    private void Keep(ReplicationStream stream)
    {
        HistoryLine line = LineOf(stream);
        if (!line.Keeps)
        {
            line.Keeps = true;
            line.NoteBegin(_services.Store.Mutations.Position);
        }

        Listen();
    }

    // What a turn wrote waits for them: they are asked at once.
    private void AskBackups()
    {
        if (_backups is { Count: > 0 } && IsOwn(_records))
        {
            _records.Stream.AskReaders(ifNew: true);
            OnTurnEnded();
        }
    }

    private void OnReached(PrimaryLink link, IPEndPoint? address)
    {
        lock (_lock)
        {
            if (_primary == link && address is not null && link.Talk is { } talk)
            {
                var name = new PrimaryAddress(link.Host, link.Port, SpeaksMemcached: talk.MemcachedPort > 0);
                PlaceChanged?.Invoke(PrimaryPlace.At(
                    address, name, talk.MemcachedPort, isGateway: talk.Form == HistoryForm.Records));
            }
        }
    }

    private HistoryLine LineOf(ReplicationStream stream) => stream.Form == HistoryForm.Records ? _records : _commands;

    // The primary's history is of a form; who reads it here has to begin anew.
    private void OnCopyBegins(HistoryForm form)
    {
        lock (_lock)
        {
            HistoryLine line = form == HistoryForm.Records ? _records : _commands;
            line.Keeps = true;
            _followed = line.Stream;
        }

        foreach (ReplicaFeed feed in _feeds)
        {
            feed.Drop("another history begins here");
        }
    }

    private void OnTurnEnded()
    {
        if (_isAsked)
        {
            _isAsked = false;
            foreach (HistoryLine line in _lines)
            {
                if (IsOwn(line))
                {
                    line.Stream.AskReaders();
                }
            }
        }

        if (_commands.TakeGrowth() | _records.TakeGrowth())
        {
            foreach (ReplicaFeed feed in _feeds)
            {
                feed.Wake();
            }
        }
    }

    // Nobody else writes it.
    private bool IsOwn(HistoryLine line) => line.Keeps && (_primary is null || line.Stream != _followed);

    private void Remove(ReplicaFeed feed)
    {
        lock (_lock)
        {
            _feeds = [.. _feeds.Where(f => f != feed)];
        }

        _backups?.Remove(feed);
        Pair?.OnGone(feed.Peer);
        Waiters.WakeAll();
    }

    // A history that nobody has read for long is not written any more.
    private void LookAtLines(long now)
    {
        bool isPing = now - _lastPing >= (long)_options.ReplPingReplicaPeriod.TotalMilliseconds;
        _lastPing = isPing ? now : _lastPing;
        foreach (HistoryLine line in _lines)
        {
            bool isRead = Array.Exists(_feeds, feed => feed.Stream == line.Stream);
            if (isRead || !IsOwn(line))
            {
                line.AloneSince = now;
            }
            else if (_options.ReplBacklogTtl > TimeSpan.Zero
                && now - line.AloneSince > (long)_options.ReplBacklogTtl.TotalMilliseconds)
            {
                Forget(line);
            }

            if (isPing && isRead && IsOwn(line))
            {
                line.Stream.Ping();
            }
        }

        OnTurnEnded();
        long held = _commands.Stream.Backlog.HeldBytes + _records.Stream.Backlog.HeldBytes;
        _services.Store.CountBuffers(held - _countedBytes);
        _countedBytes = held;
    }

    private void Forget(HistoryLine line)
    {
        line.Keeps = false;
        line.Stream.Forget();
        using MultiShardScope all = _services.Store.EnterMany(_services.Store.AllShards, now: 0);
        if (_isListening && _primary is null && !Array.Exists(_lines, other => other.Keeps))
        {
            _services.Store.Unlisten(this);
            _isListening = false;
        }
    }
}
