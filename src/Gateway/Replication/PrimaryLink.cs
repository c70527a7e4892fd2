using System.Globalization;
using System.Net;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Logging;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// The link of a replica to its primary: connects, again and again, brings the copy and the commands. On its loop's
/// thread, except where noted.
/// </summary>
internal sealed partial class PrimaryLink : ILinkOwner
{
    private const long FirstPause = 100;
    private const long MostPause = 10_000;
    private const int MostWaitingBytes = 1 << 20;

    private readonly EventLoop _loop;
    private readonly IReadOnlyList<ReplicationStream> _streams;
    private readonly ReplicaLogin _login;
    private readonly ReplicationLog _log;
    private readonly PrimaryExecutor _executor;
    private readonly LinkOptions _options;
    private readonly Action<HistoryForm> _copyBegins;
    private OutboundLink? _link;
    private PrimaryConversation? _talk;
    private Spool? _spool;
    private CopyLoading? _loading;
    private ByteQueue _input;
    private ByteQueue _transaction;
    private ReplicationStream _stream;
    private bool _knows;
    private bool _isStarted;
    private bool _isStopped;
    private bool _isTurnWanted;
    private bool _isAsked;
    private long _pause;
    private long _nextAttempt;
    private long _lastIo;
    private long _downSince;
    private int _database;
    private readonly DiskOffsets _disk;

    /// <summary>Makes one.</summary>
    /// <param name="loop">Its loop.</param>
    /// <param name="streams">The histories, one for each form: that of the primary is taken over.</param>
    /// <param name="known">The one that may be the primary's; null: none.</param>
    /// <param name="options">Where, and as whom.</param>
    /// <param name="log">Where is logged.</param>
    /// <param name="copyBegins">Called when the history ends here, because another one comes.</param>
    public PrimaryLink(
        EventLoop loop, IReadOnlyList<ReplicationStream> streams, ReplicationStream? known, LinkOptions options,
        ReplicationLog log, Action<HistoryForm> copyBegins)
    {
        (_loop, _streams, _options, _log, _copyBegins) = (loop, streams, options, log, copyBegins);
        _stream = known ?? streams[0];
        _knows = known is not null;
        _login = options.Login;
        _executor = new PrimaryExecutor(
            loop, string.Create(CultureInfo.InvariantCulture, $"{options.Host}:{options.Port}"), log,
            () => loop.Post(new LoopMessage(LoopMessageKind.Call, Action: WantTurn)));
        _downSince = loop.Context.Now;
        _disk = new DiskOffsets(loop.Context.Services, options.SyncsAtOnce, () =>
            loop.Post(new LoopMessage(LoopMessageKind.Call, Action: OnSynced)));
    }

    /// <summary>Its name or address.</summary>
    public string Host => _options.Host;

    /// <summary>Its port.</summary>
    public int Port => _options.Port;

    /// <summary>In Redis' words; from any thread.</summary>
    public string State => _talk?.Phase switch
    {
        LinkPhase.Streaming => "connected",
        LinkPhase.Payload or LinkPhase.Loading => "sync",
        LinkPhase.Handshake => "connecting",
        _ => _link is null ? "connect" : "connecting",
    };

    /// <summary>The history that is the primary's; from any thread.</summary>
    public ReplicationStream Stream => Volatile.Read(ref _stream);

    /// <summary>Called with its address when it answers as a primary, and what it said of itself is known.</summary>
    public Action<EndPoint?>? Reached { get; set; }

    /// <summary>Its executor.</summary>
    public PrimaryExecutor Executor => _executor;

    /// <summary>Unix milliseconds at which something came last.</summary>
    public long LastIo => Volatile.Read(ref _lastIo);

    /// <summary>Unix milliseconds since when there is no link.</summary>
    public long DownSince => Volatile.Read(ref _downSince);

    /// <summary>The conversation; from any thread.</summary>
    public PrimaryConversation? Talk => Volatile.Read(ref _talk);

    /// <summary>Bytes that wait to be executed.</summary>
    public int WaitingBytes => _input.Length + _transaction.Length;

    /// <summary>Begins.</summary>
    public void Start()
    {
        _isStarted = true;
        if (!_isStopped)
        {
            Connect();
        }
    }

    /// <summary>Ends: nothing more is executed.</summary>
    public void Stop()
    {
        _isStopped = true;
        _disk.Dispose();
        End();
        _executor.Reset(0);
        DropCopy();
    }

    /// <summary>Once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        // It is looked at from when it is known, and starts when the one before has stopped.
        if (_isStopped || !_isStarted)
        {
            return;
        }

        if (_link is null)
        {
            if (now >= _nextAttempt && _loading is null && _input.IsEmpty)
            {
                Connect();
            }
        }
        else if (_loading is not null)
        {
            // The primary hears that its replica lives.
            _link.TrySend("\n"u8);
        }
        else if (now - _lastIo > (long)_options.Timeout.TotalMilliseconds)
        {
            _link.Close();
            OnDown("nothing came in time");
        }
        else if (_talk is { Phase: LinkPhase.Streaming })
        {
            Acknowledge();
        }
    }

    /// <summary>Tells the primary how far this replica is, and its log.</summary>
    public void Acknowledge() => _link?.TrySend(_disk.Acknowledge(_stream.Offset));

    /// <summary>The primary wants to know how far this replica is: it is told when what came before is done.</summary>
    public void AcknowledgeSoon() => _isAsked = true;

    /// <inheritdoc/>
    public void OnConnected(OutboundLink link)
    {
        _lastIo = _loop.Context.Now;
        ReplicaLogin login = Greet();
        Volatile.Write(ref _talk,
            new PrimaryConversation(
                login, _knows ? _stream.Id : ReplicationId.None, _stream.Offset, _stream.Form));
        link.TrySend(_talk!.TakeRequest());
    }

    /// <inheritdoc/>
    public int OnReceived(OutboundLink link, ReadOnlySpan<byte> bytes)
    {
        _lastIo = _loop.Context.Now;
        int taken = 0;
        while (taken < bytes.Length && _talk!.Phase is LinkPhase.Handshake or LinkPhase.Payload)
        {
            int count = Converse(link, bytes[taken..]);
            if (count == 0 || _link is null)
            {
                return taken + count;
            }

            taken += count;
        }

        if (taken < bytes.Length && _talk!.Phase == LinkPhase.Streaming)
        {
            _input.Append(bytes[taken..]);
            taken = bytes.Length;
            link.IsReading = _input.Length < MostWaitingBytes;
            WantTurn();
        }

        return taken;
    }

    /// <inheritdoc/>
    public void OnEnded(OutboundLink link, LinkEnd end)
    {
        if (link == _link)
        {
            OnDown(end.Reason);
        }
    }

    private static string Describe(Exception failure) => failure.Message;

    private void Connect()
    {
        EndPoint address = IPAddress.TryParse(Host, out IPAddress? ip)
            ? new IPEndPoint(ip, Port) : new DnsEndPoint(Host, Port);
        _link = new OutboundLink(_loop, address, this);
        _lastIo = _loop.Context.Now;
        _link.Start();
    }

    // A step of the conversation before commands come; 0 when more bytes are needed.
    private int Converse(OutboundLink link, ReadOnlySpan<byte> bytes)
    {
        PrimaryConversation talk = _talk!;
        bool wasPayload = talk.Phase == LinkPhase.Payload;
        int count = talk.Take(bytes, out ReadOnlySpan<byte> payload);
        try
        {
            if (!payload.IsEmpty)
            {
                _spool!.Write(payload);
            }

            switch (talk.Phase)
            {
                case LinkPhase.Handshake when talk.TakeRequest() is { Length: > 0 } request:
                    link.TrySend(request);
                    break;
                case LinkPhase.Payload when !wasPayload:
                    Reached?.Invoke(_link?.Remote);
                    _log.CopyBegins(talk.Id, talk.Offset);
                    _spool = new Spool(_options.SpoolDirectory);
                    break;
                case LinkPhase.Loading:
                    BeginLoading(link);
                    break;
                case LinkPhase.Streaming:
                    OnContinued(talk);
                    break;
                case LinkPhase.Failed:
                    link.Close();
                    OnDown(talk.Error);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            link.Close();
            OnDown($"the copy cannot be kept in {_options.SpoolDirectory}: {Describe(e)}");
        }

        return count;
    }

    private void OnContinued(PrimaryConversation talk)
    {
        Reached?.Invoke(_link?.Remote);
        _executor.Form = talk.Form;
        _stream.Rename(talk.Id);
        _log.Continues(talk.Id, talk.Offset);
        _pause = 0;
        Attach(talk);
        Acknowledge();
    }

    private void BeginLoading(OutboundLink link)
    {
        Spool spool = _spool!;
        _spool = null;
        if (!spool.TryRewind())
        {
            spool.Dispose();
            link.Close();
            OnDown("the checksum of the copy is wrong");
            return;
        }

        link.IsReading = false;
        _knows = false;
        Volatile.Write(ref _stream, _streams.First(stream => stream.Form == _talk!.Form));
        _copyBegins(_stream.Form);
        _executor.Reset(0);
        _executor.Form = _stream.Form;
        _transaction.Free();
        _loading = new CopyLoading(_loop, spool, _executor);
        WantTurn();
    }

    private void WantTurn()
    {
        if (!_isTurnWanted)
        {
            _isTurnWanted = true;
            _loop.Tasks.Add(Turn);
        }
    }

    private void Load()
    {
        if (!_loading!.GoOn())
        {
            if (!_executor.IsParked)
            {
                WantTurn();
            }

            return;
        }

        PrimaryConversation talk = _talk!;
        string? problem = _loading.Problem;
        if (problem is null)
        {
            _log.CopyLoaded(_loading.Bytes, _loading.Keys, _loading.Ended, _loading.Skipped);
            _stream.Adopt(talk.Id, talk.Offset);
            _disk.Clear();
            _knows = true;
            _pause = 0;
        }

        _executor.Reset(0);
        _database = 0;
        DropCopy();
        if (problem is not null)
        {
            _link?.Close();
            OnDown($"the copy: {problem}");
        }
        else if (_link is { } link)
        {
            talk.Begin();
            Attach(talk);
            Acknowledge();
            link.IsReading = true;
        }
        else
        {
            _talk = null;
        }
    }

    private void Execute()
    {
        if (_input.IsEmpty)
        {
            return;
        }

        int done = _executor.Execute(_input.Bytes, out bool isIncomplete);
        if (done > 0)
        {
            // What is done is said, but not the half of a transaction: if its end never comes, it comes again as a
            // whole. What lies in front of it must not come again.
            int whole = _executor.WholeBytes;
            if (whole > 0)
            {
                _stream.AppendSent(_transaction.Bytes);
                _transaction.Free();
                _stream.AppendSent(_input.Bytes[..whole]);
            }

            _transaction.Append(_input.Bytes[whole..done]);
            _input.Consume(done);
            _database = _executor.Client.Database;
        }

        if (IsHandedOver())
        {
            // This node is to be the primary: what the other one wrote since then nobody was told of.
            _input.Free();
            return;
        }

        if (_executor.Problem is { } problem)
        {
            // The items are not what they were there: only a copy helps.
            _knows = false;
            _input.Free();
            _link?.Close();
            OnDown($"{problem}: everything has to come again");
            return;
        }

        if (_link is { } link)
        {
            link.IsReading = _input.Length < MostWaitingBytes || isIncomplete;
            if (_isAsked)
            {
                _isAsked = false;
                _disk.OnAsked();
                Acknowledge();
            }
        }

        if (!_input.IsEmpty && !isIncomplete && !_executor.IsParked)
        {
            WantTurn();
        }
        else if (_link is null)
        {
            DropInput();
        }
    }

    // What was asked for is on the disk now.
    private void OnSynced()
    {
        if (!_isStopped && _talk is { Phase: LinkPhase.Streaming })
        {
            Acknowledge();
        }
    }

    private void OnDown(string reason)
    {
        End();
        if (_isStopped)
        {
            return;
        }

        _pause = _pause == 0 ? FirstPause : Math.Min(_pause * 2, _options.Pair is null ? MostPause : MostPairPause);
        _nextAttempt = _loop.Context.Now + _pause;
        _log.LinkDown(Host, Port, reason, _pause);
    }

    private void End()
    {
        if (_talk is { Phase: LinkPhase.Streaming } || _link is null)
        {
            _downSince = _loop.Context.Now;
        }

        Detach();

        _link?.Close();
        _link = null;
        _spool?.Dispose();
        _spool = null;
        if (_loading is null)
        {
            _talk = null;
            if (_isStopped || _input.IsEmpty || _executor.IsParked || !_isTurnWanted)
            {
                DropInput();
            }
        }
    }

    // What is left is the start of something whose end comes from the next connection, with its start.
    private void DropInput()
    {
        _input.Free();
        _transaction.Free();
        _executor.Reset(_database);
    }

    private void DropCopy()
    {
        _loading?.Dispose();
        _loading = null;
    }
}
