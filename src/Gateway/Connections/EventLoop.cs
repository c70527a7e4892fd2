using System.Net;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Timers;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// One thread and the connections it owns. A turn: wait for readiness, take messages from other threads, give every
/// ready connection its share, do a slice of store upkeep. Its poller says how to wait.
/// </summary>
internal sealed class EventLoop : IOutputTaker, IDisposable
{
    private const int DrainSweepMilliseconds = 50;

    // There is no upkeep meanwhile; afterwards it begins so late at most.
    private const int LoadingMilliseconds = 100;

    // What connections may come to hold before the others hear of it, within one turn: small beside the least limit (2
    // MB).
    private const int CountAtOnceBytes = 256 << 10;

    /// <summary>Milliseconds for which a replica keeps an item whose time is over: it is the primary that ends it, or
    /// has made it live longer already.</summary>
    public const long PrimaryPatience = 60 * 60 * 1000;

    // As that of links (StackExchange.Redis keepAlive).
    private static readonly TimeSpan ServerKeepAlive = TimeSpan.FromSeconds(60);

    private readonly LoopMailbox _mailbox;
    private readonly LoopConnections _connections = new();
    private readonly ConnectionSweep _sweep;
    private readonly StoreUpkeep _upkeep;
    private readonly TimeProvider _time;
    private readonly Poller _poller;
    private readonly ProcessorFactory _processors;
    private byte[] _receiveBuffer;
    private readonly OutputBuffer _output;
    private Queue<Connection> _ready = new();
    private Queue<Connection> _running = new();
    private int _threadId;
    private long _nextSweep;
    private long _countedBytes;
    private long _countedClients;
    private bool _isDraining;

    /// <summary>Makes a loop, which owns its poller from now on.</summary>
    public EventLoop(
        int index, int loopCount, CommandServices services, LoopSettings settings, Poller poller,
        ProcessorFactory processors, TransportLog log)
    {
        _poller = poller;
        _processors = processors;
        Index = index;
        Settings = settings;
        Log = log;
        _time = services.Time;
        _output = new OutputBuffer(settings.OutputBytes, services.Limits.MaxOutputBytes) { Taker = this };
        _receiveBuffer = GC.AllocateUninitializedArray<byte>(settings.ReceiveBytes, pinned: true);
        Context = new CommandContext(services, services.Stats.Loop(index), _output);

        // A connection that the first wait already accepts is as old as the loop, not as the epoch.
        Context.Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        _mailbox = new LoopMailbox(poller);
        Failures = new FailureReport(Context, log);
        Closes = new CloseReport(log, Context.Stats);
        Strangers = new LoopStrangers(this, settings.Strangers);
        _sweep = new ConnectionSweep(_connections, Strangers, settings, log);
        Deadlines = new LoopDeadlines(_time);
        Links = new LoopLinks(poller);
        Holds = settings.Gate is { } gate
            ? new LoopHolds(
                gate, settings.HoldLimits, () => Post(new LoopMessage(LoopMessageKind.Reached)),
                () => Deadlines.After(0))
            : null;
        _upkeep = new StoreUpkeep(services.Store, index, loopCount, _time);
    }

    /// <summary>Number of the loop.</summary>
    public int Index { get; }

    /// <summary>Limits.</summary>
    public LoopSettings Settings { get; }

    /// <summary>Where events are logged.</summary>
    public TransportLog Log { get; }

    /// <summary>What commands of this loop work with.</summary>
    public CommandContext Context { get; }

    /// <summary>The connection whose requests are being executed.</summary>
    public Connection? Current { get; private set; }

    /// <summary>Shared by all connections of the loop, for one turn at a time; grows by
    /// <see cref="WidenReceiveBuffer"/>.</summary>
    public Span<byte> ReceiveBuffer => _receiveBuffer;

    /// <summary>True on the loop's own thread.</summary>
    public bool IsCurrentThread => _threadId == Environment.CurrentManagedThreadId;

    /// <summary>True while a turn would not wait.</summary>
    public bool HasWork =>
        _ready.Count > 0 || !_mailbox.IsEmpty || Links.HasWork || Tasks.HasWork || Context.Leftovers.Any;

    /// <summary>Messages that wait for the loop; from any thread, a moment old.</summary>
    public int WaitingMessages => _mailbox.Count;

    private bool IsLoading => Context.Services.Loading is not null;

    /// <summary>True when the loop has closed everything and will not run again.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Connections now; from any thread.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Bytes that the buffers of the loop's connections hold; they keep it, on the loop's thread.</summary>
    public long BufferBytes { get; set; }

    /// <summary>
    /// Bytes that commands kept for connections that are closed, ever growing: the collector finds them when it runs.
    /// Kept by the loop's thread, read by others.
    /// </summary>
    public long LeftBytes
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Counts and tells which of its connections were closed because of what they held.</summary>
    public CloseReport Closes { get; }

    /// <summary>What becomes of exceptions in its commands and links.</summary>
    public FailureReport Failures { get; }

    /// <summary>Its connections that still have to log in.</summary>
    public LoopStrangers Strangers { get; }

    /// <summary>Its deadlines.</summary>
    public LoopDeadlines Deadlines { get; }

    /// <summary>Its connections to other servers.</summary>
    public LoopLinks Links { get; }

    /// <summary>What is to be done on its thread beside connections.</summary>
    public LoopTasks Tasks { get; } = new();

    /// <summary>Called at the end of each turn; set before the loop runs.</summary>
    public Action? TurnEnded { get; set; }

    /// <summary>The replies that wait; null when none ever does.</summary>
    public LoopHolds? Holds { get; }

    /// <summary>Called once a second on the loop's thread with Unix milliseconds; set before the loop runs.</summary>
    public Action<long>? EverySecond { get; set; }

    /// <summary>Rests connections that write too fast; null: none is. Set by any thread.</summary>
    public LoopPace? Pace
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <inheritdoc/>
    int IOutputTaker.Take(ReadOnlySpan<byte> written, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end) =>
        Current?.SendDirectly(written, value, end) ?? 0;

    /// <summary>Runs until the loop is told to stop.</summary>
    public void Run()
    {
        while (!IsFinished)
        {
            RunTurn();
        }
    }

    /// <summary>One turn.</summary>
    public void RunTurn()
    {
        _threadId = Environment.CurrentManagedThreadId;
        Holds?.Enter();
        int timeout = HasWork ? 0 : IsLoading ? LoadingMilliseconds : _upkeep.MillisecondsToNext(Context.Now);
        timeout = _isDraining ? Math.Min(timeout, DrainSweepMilliseconds) : timeout;
        _poller.Wait(Deadlines.Until(Strangers.Until(timeout)));
        Context.Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        TakeMessages();
        Deadlines.Fire();
        Strangers.Resume(Context.Now);
        (_ready, _running) = (_running, _ready);
        bool isIdle = _running.Count == 0 && !Links.HasWork && !Tasks.HasWork;
        LoopPace? pace = Pace;
        while (_running.TryDequeue(out Connection? connection))
        {
            connection.Turn();
            pace?.Look(connection);
            if (BufferBytes - _countedClients > CountAtOnceBytes)
            {
                // The turns of a loop can be many and each take megabytes: who has to go for it goes before the next
                // ones, and what is gone is not counted when these are looked at.
                CountBuffers();
                TakeMessages();
                CountClients();
            }
        }

        Current = null;
        Holds?.Leave();
        if (Links.HasWork)
        {
            Links.TakeTurns();
        }

        if (Tasks.HasWork)
        {
            Tasks.TakeTurns();
        }

        if (Context.Leftovers.Any)
        {
            LeftBytes += Context.Leftovers.Slice();
        }

        CountBuffers();
        if (!IsLoading)
        {
            // What the log says of an item may come later than the time at which it would have ended.
            _upkeep.Slice(Context.Services.Replication is { IsReplica: true }
                ? Context.Now - PrimaryPatience : Context.Now, isIdle);
        }

        Sweep();
        Holds?.Expire();
        Holds?.Leave();
        TurnEnded?.Invoke();
        IsFinished |= _isDraining && _connections.Count == 0;
        if (IsFinished)
        {
            Links.EndAll();
        }
    }

    /// <summary>Asks something of the loop; from any thread.</summary>
    public void Post(in LoopMessage message) => _mailbox.Post(message, IsCurrentThread);

    /// <summary>Gives a connection a turn soon.</summary>
    public void Enqueue(Connection connection)
    {
        if (connection.TryMarkQueued())
        {
            _ready.Enqueue(connection);
        }
    }

    /// <summary>Large requests come: there is room for a whole one from the next receive on.</summary>
    public void WidenReceiveBuffer()
    {
        if (_receiveBuffer.Length < Settings.WideReceiveBytes)
        {
            _receiveBuffer = GC.AllocateUninitializedArray<byte>(Settings.WideReceiveBytes, pinned: true);
        }
    }

    /// <summary>The context, set up for a connection's requests.</summary>
    public CommandContext ContextFor(Connection connection)
    {
        Current = connection;
        Context.Client = connection;
        return Context;
    }

    /// <summary>What reads a protocol.</summary>
    public ProtocolProcessor CreateProcessor(WireProtocol protocol) => _processors(protocol);

    /// <summary>Accepts from a socket; before the loop runs.</summary>
    public void Listen(BoundSocket bound, IAcceptor acceptor) => _poller.Listen(bound, acceptor);

    /// <summary>Begins to connect to another server; the owner is told when it is known how that ended.</summary>
    /// <returns>Null when it cannot even begin.</returns>
    public StreamTransport? Connect(EndPoint address, ITransportOwner owner)
    {
        StreamTransport? transport = _poller.TryConnect(address, owner, out _);
        transport?.KeepAlive(ServerKeepAlive);
        return transport;
    }

    /// <summary>A connection is closed.</summary>
    public void OnClosed(Connection connection)
    {
        _connections.Remove(connection);
        Strangers.Close(connection, Settings.Admission);
    }

    /// <summary>Adds the open connections to a list; from any thread.</summary>
    public void CopyConnectionsTo(List<Connection> list) => _connections.CopyTo(list);

    /// <inheritdoc/>
    public void Dispose()
    {
        _poller.Dispose();
        Context.Dispose();
        _output.Dispose();
    }

    /// <summary>Takes a new connection into the list; on the loop's thread.</summary>
    public void Adopt(Connection connection)
    {
        connection.LastActive = Context.Now;
        _connections.Add(connection);
        if (!_poller.Watch(connection.Transport))
        {
            connection.Close();
            return;
        }

        if (!connection.IsAuthenticated)
        {
            Strangers.Adopt(connection, Context.Now);
        }

        if (_isDraining && connection.IsOpen)
        {
            connection.Drain();
        }
    }

    private void TakeMessages()
    {
        _mailbox.BeginTaking();
        while (_mailbox.TryTake(out LoopMessage message))
        {
            Take(message);
        }
    }

    private void Take(in LoopMessage message)
    {
        switch (message.Kind)
        {
            case LoopMessageKind.Adopt:
                Adopt(message.Connection!);
                break;
            case LoopMessageKind.Connect:
                Links.Open(message.Link!);
                break;
            case LoopMessageKind.LookedUp:
                message.Link!.OnLookedUp();
                break;
            case LoopMessageKind.Feed:
                Enqueue(message.Connection!);
                break;
            case LoopMessageKind.Call:
                Tasks.Add(message.Action!);
                break;
            case LoopMessageKind.Push:
                message.Connection!.DeliverPushes();
                break;
            case LoopMessageKind.Reached:
                Holds!.Release();
                break;
            case LoopMessageKind.Wake:
                message.Connection!.DeliverWake(message.Number);
                break;
            case LoopMessageKind.Unblock:
                message.Connection!.DeliverUnblock(withError: message.Number != 0);
                break;
            case LoopMessageKind.PrimaryMoved:
                FollowPrimary();
                break;
            case LoopMessageKind.Kill:
                message.Connection!.Close();
                break;
            case LoopMessageKind.Drop:
                message.Connection!.CloseDropped();
                break;
            case LoopMessageKind.MakeRoom:
                Strangers.MakeRoom(message.Connection!);
                break;
            case LoopMessageKind.Drain:
                StartDraining();
                break;
            case LoopMessageKind.Stop:
                _poller.StopListening();
                TellHeld();
                CloseAll();
                IsFinished = true;
                break;
        }
    }

    private void FollowPrimary()
    {
        PrimaryPlace place = Settings.Forwarder!.Place;
        foreach (Connection connection in _connections.ToArray())
        {
            connection.FollowPrimary(place);
        }
    }

    private void StartDraining()
    {
        _isDraining = true;
        _nextSweep = Context.Now;
        _poller.StopListening();
        foreach (Connection connection in _connections.ToArray())
        {
            connection.Drain();
        }
    }

    private void TellHeld()
    {
        if (Holds is { Connections: > 0 } holds)
        {
            Log.ClosedWhileHeld(holds.Connections, holds.Bytes);
        }
    }

    private void CloseAll()
    {
        foreach (Connection connection in _connections.ToArray())
        {
            connection.Close();
        }
    }

    // The store hears of it once per turn: other loops' requests must not wait for a line that every byte received
    // moves.
    private void CountBuffers()
    {
        long held = BufferBytes + Links.Bytes + Context.Leftovers.HeldBytes + _output.Capacity + _receiveBuffer.Length
            + ByteQueue.SpareBytes;
        if (held != _countedBytes)
        {
            Context.Store.CountBuffers(held - _countedBytes);
            _countedBytes = held;
        }

        CountClients();
        Settings.Clients?.Look(Context.Now);
    }

    private void CountClients()
    {
        if (BufferBytes != _countedClients)
        {
            Settings.Clients?.Count(BufferBytes - _countedClients);
            _countedClients = BufferBytes;
        }
    }

    // Once a second, more often while it drains.
    private void Sweep()
    {
        long now = Context.Now;
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + (_isDraining ? DrainSweepMilliseconds : 1000);
        EverySecond?.Invoke(now);
        Closes.Look(now);
        _sweep.Look(now, _isDraining);
    }
}
