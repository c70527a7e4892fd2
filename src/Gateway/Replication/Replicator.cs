using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
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
internal sealed class Replicator : IReplication, IMutationListener, IDisposable
{
    private static readonly byte[] Ping = "PING"u8.ToArray();
    private static readonly byte[][] AskHowFar = ["REPLCONF"u8.ToArray(), "GETACK"u8.ToArray(), "*"u8.ToArray()];

    private readonly Lock _lock = new();
    private readonly CommandServices _services;
    private readonly EventLoop _loop;
    private readonly GatewayOptions _options;
    private readonly ReplicationLog _log;
    private readonly ReplicationStream _stream;
    private readonly FullCopies _copies;
    private volatile PrimaryLink? _primary;
    private volatile ReplicaFeed[] _feeds = [];
    private volatile bool _keeps;
    private bool _isListening;
    private volatile bool _isAsked;
    private long _toldOffset;
    private long _lastPing;
    private long _aloneSince;
    private long _countedBytes;
    private long _fullCopies;
    private long _continued;
    private long _notContinued;

    /// <summary>Makes a primary without replicas.</summary>
    public Replicator(
        CommandServices services, IReadOnlyList<EventLoop> loops, GatewayOptions options, Func<ulong> random,
        ReplicationLog log)
    {
        (_services, _loop, _options, _log) = (services, loops[0], options, log);
        _stream = new ReplicationStream(options.ReplBacklogSizeBytes, random);
        _copies = new FullCopies(loops[0], _stream, Keep, random, log);
        foreach (EventLoop loop in loops)
        {
            loop.TurnEnded = OnTurnEnded;
        }
    }

    /// <inheritdoc/>
    public bool IsReplica => _primary is not null;

    /// <inheritdoc/>
    public PersistenceWaiters Waiters { get; } = new();

    /// <inheritdoc/>
    public long Offset => _stream.EffectOffset;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        // What a primary sent is in the history as it was sent.
        if (_primary is null && !PrimaryExecutor.IsExecuting)
        {
            _stream.OnMutation(mutation);
        }
    }

    /// <inheritdoc/>
    public bool Follow(string host, int port)
    {
        PrimaryLink? old;
        PrimaryLink link;
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
            var link_ = new LinkOptions(host, port, login, _options.ReplTimeout, spool);
            link = new PrimaryLink(_loop, _stream, _keeps, link_, _log, DropReplicas);
            _keeps = true;
            _primary = link;
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
        lock (_lock)
        {
            old = _primary;
            if (old is null)
            {
                return;
            }

            _stream.Promote();
            Listen();
            _primary = null;
        }

        _log.Leads(_stream.Id, _stream.Offset);
        _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: old.Stop));
    }

    /// <inheritdoc/>
    public void Attach(CommandContext context, ReplicaPeer peer, ReadOnlySpan<byte> id, long offset)
    {
        var connection = (Connection)context.Client;
        peer.IsAttached = true;
        peer.AcknowledgedAt = context.Now;
        var feed = new ReplicaFeed(connection, peer, _stream.Backlog, _log) { WantsLine = offset != 0, Gone = Remove };
        lock (_lock)
        {
            _feeds = [.. _feeds, feed];
        }

        connection.BeginFeed(feed);
        if (offset > 0 && _keeps && _stream.CanContinue(id, offset))
        {
            context.Output.Write("+CONTINUE"u8);
            if (peer.KnowsRenames)
            {
                context.Output.WriteText($" {_stream.Id}");
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
    public void Acknowledge(ReplicaPeer peer, long offset)
    {
        Array.Find(_feeds, feed => feed.Peer == peer)?.Acknowledge(offset);
        Waiters.WakeAll();
    }

    /// <inheritdoc/>
    public void AnswerPrimary() => _primary?.AcknowledgeSoon();

    /// <inheritdoc/>
    public int CountReached(long offset) =>
        _feeds.Count(feed => feed.Peer.IsOnline && feed.Peer.Acknowledged >= offset);

    /// <inheritdoc/>
    public void AskReplicas() => _isAsked = true;

    /// <inheritdoc/>
    public ReplicationFigures Figures()
    {
        long now = _services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        PrimaryLink? primary = _primary;
        return new ReplicationFigures
        {
            Id = _stream.Id,
            SecondId = _stream.SecondId,
            SecondOffset = _stream.SecondOffset,
            Offset = _stream.Offset,
            KeepsBacklog = _keeps,
            BacklogSize = _stream.Backlog.Capacity,
            BacklogStart = _stream.Backlog.Start,
            FullCopies = Volatile.Read(ref _fullCopies),
            Continued = Volatile.Read(ref _continued),
            NotContinued = Volatile.Read(ref _notContinued),
            Replicas = [.. _feeds.Select(feed => FiguresOf(feed, now))],
            Primary = primary is null ? null : FiguresOf(primary, now),
        };
    }

    /// <summary>Once a second, on the first loop.</summary>
    public void Look(long now)
    {
        _primary?.Look(now);
        foreach (ReplicaFeed feed in _feeds)
        {
            feed.Look(now, (long)_options.ReplTimeout.TotalMilliseconds);
        }

        long period = (long)_options.ReplPingReplicaPeriod.TotalMilliseconds;
        if (_primary is null && _feeds.Length > 0 && now - _lastPing >= period)
        {
            _lastPing = now;
            _stream.Insert(Ping);
            OnTurnEnded();
        }

        ForgetLater(now);
        long held = _stream.Backlog.HeldBytes;
        _services.Store.CountBuffers(held - _countedBytes);
        _countedBytes = held;
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
        _stream.Dispose();
    }

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
            talk?.PayloadBytes ?? 0, Math.Max(talk?.PayloadLength ?? 0, 0), _stream.Offset + link.WaitingBytes,
            _stream.Offset, link.Executor.Failures);
    }

    // A copy begins: from now on all effects are written. All shards are held.
    private void Keep()
    {
        lock (_lock)
        {
            _keeps = true;
            if (_primary is null)
            {
                Listen();
            }
        }
    }

    private void Listen()
    {
        if (!_isListening)
        {
            _isListening = true;
            _services.Store.Listen(this);
        }
    }

    private void OnTurnEnded()
    {
        if (_isAsked)
        {
            _isAsked = false;
            if (_primary is null)
            {
                _stream.Insert(AskHowFar);
            }
        }

        if (_stream.Offset != Volatile.Read(ref _toldOffset))
        {
            Volatile.Write(ref _toldOffset, _stream.Offset);
            foreach (ReplicaFeed feed in _feeds)
            {
                feed.Wake();
            }
        }
    }

    // Another history begins here.
    private void DropReplicas()
    {
        foreach (ReplicaFeed feed in _feeds)
        {
            feed.Drop("another history begins here");
        }
    }

    private void Remove(ReplicaFeed feed)
    {
        lock (_lock)
        {
            _feeds = [.. _feeds.Where(f => f != feed)];
        }

        Waiters.WakeAll();
    }

    // A history that nobody has read for long is not written any more.
    private void ForgetLater(long now)
    {
        if (_feeds.Length > 0 || _primary is not null || !_keeps)
        {
            _aloneSince = now;
        }
        else if (_options.ReplBacklogTtl > TimeSpan.Zero
            && now - _aloneSince > (long)_options.ReplBacklogTtl.TotalMilliseconds)
        {
            lock (_lock)
            {
                _keeps = false;
            }

            if (_isListening)
            {
                _services.Store.Unlisten(this);
                _isListening = false;
            }

            _stream.Forget();
        }
    }
}
