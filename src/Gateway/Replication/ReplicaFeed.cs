using System.Text;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// What a replica is sent: its copy, then the history from there on. It keeps an offset and no bytes: a slow one costs
/// nothing, until the history it still needs is gone.
/// </summary>
internal sealed class ReplicaFeed(
    Connection connection, ReplicaPeer peer, ReplicationStream stream, ReplicationLog log)
    : IOutputFeed
{
    private readonly Lock _lock = new();
    private byte[] _head = [];
    private byte[] _tail = [];
    private int _headSent;
    private int _tailSent;
    private SnapshotFile? _copy;
    private FeedState _state;
    private long _offset;
    private long _keptAliveAt;
    private int _isWoken;
    private string? _reason;

    /// <summary>Called when its place is free: its copy is sent, or it is gone.</summary>
    public Action? CopyEnded { get; set; }

    /// <summary>Called when it is gone.</summary>
    public Action<ReplicaFeed>? Gone { get; set; }

    /// <summary>The history.</summary>
    public ReplicationStream Stream => stream;

    /// <summary>The connection.</summary>
    public Connection Connection => connection;

    /// <summary>The replica.</summary>
    public ReplicaPeer Peer => peer;

    /// <summary>How it stands; from any thread.</summary>
    public FeedState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>In Redis' words.</summary>
    public string StateName => State switch
    {
        FeedState.Waiting => "wait_bgsave",
        FeedState.Copy => "send_bulk",
        _ => "online",
    };

    /// <summary>It wants the line before the copy (PSYNC, not SYNC).</summary>
    public bool WantsLine { get; init; } = true;

    /// <summary>Goes on with the history at an offset.</summary>
    public void BeginHistory(long offset)
    {
        lock (_lock)
        {
            (_offset, _state) = (offset, FeedState.Online);
        }

        peer.IsOnline = true;
        peer.Acknowledged = offset;
    }

    /// <summary>Its copy begins; from any thread.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="id">The history that follows.</param>
    /// <param name="offset">Where.</param>
    /// <param name="mark">Ends the copy.</param>
    /// <returns>False when it is gone.</returns>
    public bool TryBeginCopy(SnapshotFile copy, string id, long offset, string mark)
    {
        lock (_lock)
        {
            if (_state != FeedState.Waiting)
            {
                return false;
            }

            string form = stream.Form == HistoryForm.Records ? $" {PrimaryConversation.Records}" : "";
            string line = WantsLine ? $"+FULLRESYNC {id} {offset}{form}\r\n" : "";
            _head = Encoding.ASCII.GetBytes($"{line}$EOF:{mark}\r\n");
            _tail = Encoding.ASCII.GetBytes(mark);
            (_copy, _offset, _state) = (copy, offset, FeedState.Copy);
        }

        Wake();
        return true;
    }

    /// <summary>It has bytes; from any thread.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            connection.WakeFeed();
        }
    }

    /// <summary>It has acknowledged.</summary>
    public void Acknowledge(long offset)
    {
        lock (_lock)
        {
            if (_state == FeedState.Acknowledging)
            {
                _state = FeedState.Online;
                peer.IsOnline = true;
            }
        }

        peer.Acknowledged = Math.Max(peer.Acknowledged, offset);
        Wake();
    }

    /// <summary>Has it closed; from any thread.</summary>
    public void Drop(string reason)
    {
        lock (_lock)
        {
            if (_state == FeedState.Dropped)
            {
                return;
            }

            _state = FeedState.Dropped;
            _reason ??= reason;
        }

        log.ReplicaDropped(connection.RemoteAddress, reason);
        Wake();
    }

    /// <summary>Once a second: drops who has lost the history, or is silent; tells who waits that somebody is
    /// here.</summary>
    public void Look(long now, long timeout)
    {
        FeedState state = State;
        if (state is FeedState.Copy or FeedState.Acknowledging && stream.Backlog.Start > _offset)
        {
            Drop("the history behind its copy is gone: --repl-backlog-size is too small for so many writes");
        }
        else if (state is FeedState.Online or FeedState.Acknowledging && now - peer.AcknowledgedAt > timeout)
        {
            Drop("it is silent");
        }
        else if (state == FeedState.Waiting)
        {
            Volatile.Write(ref _keptAliveAt, now);
            Wake();
        }
    }

    /// <inheritdoc/>
    public int Take(Span<byte> room)
    {
        Volatile.Write(ref _isWoken, 0);
        lock (_lock)
        {
            return _state switch
            {
                FeedState.Waiting => TakeSign(room),
                FeedState.Copy => TakeCopy(room),
                FeedState.Online => TakeHistory(room),
                FeedState.Dropped => -1,
                _ => 0,
            };
        }
    }

    /// <inheritdoc/>
    public void OnClosed()
    {
        lock (_lock)
        {
            _state = FeedState.Dropped;
        }

        peer.IsAttached = peer.IsOnline = false;
        CopyEnded?.Invoke();
        Gone?.Invoke(this);
    }

    // An empty line: who waits for an answer reads over it.
    private int TakeSign(Span<byte> room)
    {
        if (Interlocked.Exchange(ref _keptAliveAt, 0) == 0 || !WantsLine)
        {
            return 0;
        }

        room[0] = (byte)'\n';
        return 1;
    }

    private int TakeCopy(Span<byte> room)
    {
        if (_headSent < _head.Length)
        {
            return Part(_head, ref _headSent, room);
        }

        if (!_copy!.IsDone)
        {
            return _copy.Take(room);
        }

        int count = Part(_tail, ref _tailSent, room);
        if (_tailSent == _tail.Length)
        {
            _state = FeedState.Acknowledging;
            peer.AcknowledgedAt = connection.Loop.Context.Now;
            _copy = null;
            CopyEnded?.Invoke();
        }

        return count;
    }

    private int TakeHistory(Span<byte> room)
    {
        int count = stream.Backlog.Read(_offset, room);
        if (count < 0)
        {
            log.ReplicaDropped(connection.RemoteAddress, "the history that it still needs is gone");
            return -1;
        }

        _offset += count;
        return count;
    }

    private static int Part(byte[] bytes, ref int sent, Span<byte> room)
    {
        int count = Math.Min(room.Length, bytes.Length - sent);
        bytes.AsSpan(sent, count).CopyTo(room);
        sent += count;
        return count;
    }
}
