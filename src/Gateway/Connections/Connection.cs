using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// One TCP or unix socket conversation: bytes in, requests executed, bytes out. It belongs to one
/// <see cref="EventLoop"/> and is touched by that loop's thread only, except where noted. Its transport moves the
/// bytes.
/// </summary>
internal sealed partial class Connection : ClientConnection, ITransportOwner
{
    private readonly StreamTransport _transport;
    private readonly ListenerProtocol _listener;
    private ProtocolProcessor? _processor;
    private ByteQueue _input;
    private ByteQueue _output;
    private PushQueue? _pushes;
    private int _needBytes;
    private long _countedBytes;
    private long _softSince;
    private bool _isQueued;
    private bool _isDraining;
    private bool _sendsLarge;
    private bool _rests;

    /// <summary>A conversation over a transport, which nobody watches yet: its loop adopts it.</summary>
    public Connection(EventLoop loop, StreamTransport transport, ListenerProtocol listener)
    {
        Loop = loop;
        _transport = transport;
        _listener = listener;
        transport.Owner = this;
    }

    /// <summary>The owner.</summary>
    public EventLoop Loop { get; }

    /// <summary>What moves the bytes.</summary>
    public StreamTransport Transport => _transport;

    /// <inheritdoc/>
    public override string RemoteAddress => _transport.RemoteAddress;

    /// <inheritdoc/>
    public override string LocalAddress => _transport.LocalAddress;

    /// <summary>Place in the loop's list.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>True until the connection is closed.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Unix milliseconds since when no byte moved although some should.</summary>
    public long StalledSince { get; private set; }

    /// <summary>True while it still has to log in.</summary>
    public bool IsStranger { get; set; }

    /// <summary>Its place among strangers; null when it is none, or has to go. The queue's lock guards it.</summary>
    public LinkedListNode<Connection>? StrangerPlace { get; set; }

    /// <summary>True once its place was given to somebody else. The queue's lock guards it.</summary>
    public bool HasToGo { get; set; }

    /// <summary>Unix milliseconds since when it has to log in.</summary>
    public long StrangerSince { get; set; }

    private bool PeerFinished { get; set; }

    private bool HasRunnableInput { get; set; }

    /// <summary>True while the start of a request waits for its rest.</summary>
    public bool IsMidRequest => (!_input.IsEmpty && !HasRunnableInput) || IsUnsurelySpliced;

    // While draining, a receive that found the socket's end ends the input, unless it ended inside a request, whose
    // rest is on its way. A busy client's next request is always there by the next turn: waiting for silence would mean
    // waiting until the drain time is over.
    private bool IsDrained => _isDraining && !_transport.MayHaveInput && _input.IsEmpty;

    // A drain has its end anyway.
    private bool IsResting => _rests && !_isDraining;

    private bool IsKeptBack => ReplyNotBefore > Loop.Context.Now && !_isDraining;

    /// <summary>True while bytes wait for the peer to read, or a large request for its rest.</summary>
    public bool IsStalled => HasUnsent || (!IsParked && _input.Length > Loop.Settings.StallInputBytes)
        || (IsSpliced && PeerFinished);

    /// <summary>True while nothing is expected of the peer, however long: it is subscribed, monitors, or waits for an
    /// answer.</summary>
    public bool MayBeSilent =>
        IsParked || HoldsReplies || IsSubscribed || IsMonitor || HasFeed || _upstream is { IsQuiet: false };

    /// <summary>Counters of what the peer speaks.</summary>
    private ProtocolStats Counters => Loop.Context.Stats.Of(Protocol);

    /// <inheritdoc/>
    public bool HasUnsent => !_output.IsEmpty && SendableBytes > 0;

    /// <summary>
    /// The connection's turn: sends what waits, takes one helping from the socket, executes requests, sends the
    /// answers.
    /// </summary>
    public void Turn()
    {
        _isQueued = false;
        if (IsDropped)
        {
            CloseDropped();
            return;
        }

        try
        {
            TakeTurn();
        }
        catch (Exception failure)
        {
            Contain(failure);
        }

        CountBuffers();
    }

    /// <summary>A turn now, with what the peer has sent until now.</summary>
    public void TurnBeforeEnd()
    {
        _transport.MayHaveInput = true;
        Turn();
    }

    /// <inheritdoc/>
    public void OnReady() => Loop.Enqueue(this);

    /// <inheritdoc/>
    public void OnSent(int count)
    {
        if (!IsOpen)
        {
            return;
        }

        if (count < 0)
        {
            Close();
            return;
        }

        Counters.CountWritten(count);
        StalledSince = Loop.Context.Now;
        ConsumeSent(count);
        CountBuffers();
        if (IsOpen)
        {
            Loop.Enqueue(this);
        }
    }

    /// <summary>Nothing more is read and executed until <see cref="EndRest"/>; false when it cannot be stopped, or is
    /// already.</summary>
    public bool TryRest()
    {
        if (!IsOpen || _rests || _processor is { IsPaused: true })
        {
            return false;
        }

        _rests = true;
        return true;
    }

    /// <summary>It goes on.</summary>
    public void EndRest()
    {
        _rests = false;
        if (IsOpen)
        {
            StalledSince = Loop.Context.Now;
            Loop.Enqueue(this);
        }
    }

    /// <summary>Puts the connection into the loop's queue unless it is there already.</summary>
    public bool TryMarkQueued()
    {
        bool wasQueued = _isQueued;
        _isQueued = true;
        return !wasQueued;
    }

    /// <summary>Sends what was pushed, as far as possible; what has lost its reason meanwhile is dropped.</summary>
    public void DeliverPushes()
    {
        try
        {
            SendPushes();
        }
        catch (Exception failure)
        {
            Contain(failure);
        }
    }

    private void SendPushes()
    {
        if (!IsOpen || _pushes is not { } queue)
        {
            return;
        }

        KeepLimits();
        // Between the parts of one reply a message would break it.
        if (!IsOpen || queue.Bytes == 0 || _processor is { IsPaused: true } || IsFull)
        {
            return;
        }

        if (!HasUnsent)
        {
            StalledSince = Loop.Context.Now;
        }

        int before = _output.Length;

        foreach ((PushSource? source, PushedMessage message) in queue.Take())
        {
            if (source is not { HasEnded: true })
            {
                message.AppendTo(ref _output, RespVersion);
            }
        }

        queue.Release();
        HoldBehind(_output.Length - before);
        SendWaiting();
        CountBuffers();
    }

    /// <summary>Draining: what has been received is answered, nothing new is taken.</summary>
    public void Drain()
    {
        _isDraining = true;
        _transport.MayHaveInput = true;
        Loop.Enqueue(this);
    }

    /// <summary>Closes now; output that waits is dropped.</summary>
    public void Close()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        Loop.LeftBytes += StateBytes;
        LeavePark();
        _held?.Drop();
        _feed?.OnClosed();
        _upstream?.Close();
        Counters.OpenConnections -= _processor is null && _upstream is null ? 0 : 1;
        try
        {
            _processor?.OnClosed(Loop.ContextFor(this));
        }
        catch (Exception failure)
        {
            Loop.Failures.Note(this, "(close)", failure);
        }

        _input.Free();
        _output.Free();
        CountBuffers();
        _transport.Close();
        Loop.OnClosed(this);
    }

    /// <inheritdoc/>
    public override void Push(PushSource source, PushedMessage message)
    {
        PushQueue queue = _pushes ?? Interlocked.CompareExchange(ref _pushes, new PushQueue(), null) ?? _pushes;
        bool isOwn = Loop.IsCurrentThread && Loop.Current == this;
        if (queue.Add(isOwn ? null : source, message, OutputLimit.HardBytes))
        {
            Loop.Post(new LoopMessage(LoopMessageKind.Push, this));
        }
    }

    /// <inheritdoc/>
    public override void TakePushes()
    {
        if (_pushes is not { Bytes: > 0 } queue)
        {
            return;
        }

        foreach ((PushSource? source, PushedMessage message) in queue.Take())
        {
            if (source is not { HasEnded: true })
            {
                message.WriteTo(Loop.Context.Output, RespVersion);
            }
        }

        queue.Release();
    }

    /// <inheritdoc/>
    public override bool LooksAbandoned => PeerFinished || _transport.LooksClosed();

    /// <inheritdoc/>
    public override void Kill()
    {
        if (Loop.IsCurrentThread && Loop.Current == this)
        {
            CloseAfterReply = true;
        }
        else
        {
            Loop.Post(new LoopMessage(LoopMessageKind.Kill, this));
        }
    }

    private void TakeTurn()
    {
        if (_upstream is not null)
        {
            TakeSplicedTurn();
            return;
        }

        SendPushes();
        bool isSent = IsOpen && SendWaiting();
        if (IsParked)
        {
            ReceiveBehindParked();
        }
        else if (IsOpen && (IsToRunAgain || (isSent && !IsFull && !IsResting)))
        {
            bool wasPaused = _processor is { IsPaused: true };
            Run();
            if (wasPaused)
            {
                SendPushes();
            }
        }

        if (IsOpen && IsAuthenticated == IsStranger)
        {
            ChangeStanding();
        }

        TakeFeed();
    }

    // A failure ends this conversation and no other, unless it left the items half changed (ADR 0008).
    private void Contain(Exception failure)
    {
        Loop.Failures.Note(this, _processor?.LastCommand(this) ?? "(none)", failure);
        Loop.Context.Output.Clear(Loop.Settings.KeepOutputBytes);
        Loop.Holds?.TakeWanted();
        Close();
    }

    /// <summary>
    /// Sends the reply so far and a value from where it lies, as much as the socket takes. Nothing, where something
    /// else has to go first or the answer has to wait: then the value is copied.
    /// </summary>
    public int SendDirectly(ReadOnlySpan<byte> written, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end)
    {
        if (!_output.IsEmpty || IsKeptBack || IsStranger || (Loop.Holds is { } holds && MayHold(holds)))
        {
            return 0;
        }

        // What is wrong with the socket shows again when the rest is sent.
        int sent = Math.Max(0, _transport.Send(written, value, end));
        Counters.CountWritten(sent);
        return sent;
    }

    private void SendFresh(ReadOnlySpan<byte> bytes)
    {
        if (IsKeptBack)
        {
            _output.Append(bytes);
            Loop.Strangers.Delay(this);
            return;
        }

        if (_output.IsEmpty)
        {
            int sent = _transport.Send(bytes);
            if (sent == IoResult.Broken)
            {
                Close();
                return;
            }

            sent = Math.Max(sent, 0);
            Counters.CountWritten(sent);
            bytes = bytes[sent..];
        }

        if (!bytes.IsEmpty)
        {
            StalledSince = Loop.Context.Now;
            _output.Append(bytes);
            _transport.AwaitWritable(_output.Bytes);
        }
    }

    /// <summary>Sends what waits for the peer.</summary>
    /// <returns>True when nothing waits for it any more and the connection is open.</returns>
    private bool SendWaiting()
    {
        while (HasUnsent)
        {
            if (IsKeptBack)
            {
                return false;
            }

            ReadOnlySpan<byte> unsent = _output.Bytes[..SendableBytes];
            int sent = _transport.Send(unsent);
            if (sent == IoResult.WouldBlock)
            {
                _transport.AwaitWritable(unsent);
                return false;
            }

            if (sent < 0)
            {
                Close();
                return false;
            }

            StalledSince = Loop.Context.Now;
            Counters.CountWritten(sent);
            ConsumeSent(sent);
        }

        return IsOpen;
    }

    private void FinishTurn()
    {
        if (!IsOpen || HasUnsent || IsSpliced)
        {
            return;
        }

        if (IsParked)
        {
            FinishParked();
            return;
        }

        if (CloseAfterReply || ((PeerFinished || IsDrained) && !HasRunnableInput))
        {
            if (HoldsReplies)
            {
                FinishHeld();
                return;
            }

            DiscardUnread();
            Close();
        }
        else if ((HasRunnableInput || _transport.MayHaveInput) && !IsFull)
        {
            Loop.Enqueue(this);
        }
    }
}
