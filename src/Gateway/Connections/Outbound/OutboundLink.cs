using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>
/// A connection that the gateway opens to another server: bytes out, bytes in, no requests executed. It belongs to one
/// <see cref="EventLoop"/> and is touched by that loop's thread only, except where noted; its owner hears of everything
/// there. A link is used once: whoever wants to try again makes a new one.
/// </summary>
internal sealed class OutboundLink : ITransportOwner
{
    private readonly ILinkOwner _owner;
    private readonly INameLookup _names;
    private readonly LinkDeadline _deadline;
    private readonly Queue<EndPoint> _further = new();
    private LinkLookup? _lookup;
    private Poller _poller = null!;
    private StreamTransport? _transport;
    private ByteQueue _input;
    private ByteQueue _output;
    private LinkState _state;
    private long _countedBytes;
    private bool _isQueued;
    private bool _isInTurn;
    private bool _offersAgain;

    /// <summary>Makes a link, which <see cref="Start"/> opens.</summary>
    /// <param name="loop">The loop that it will belong to.</param>
    /// <param name="address">Where; the addresses of a name are tried one after the other.</param>
    /// <param name="owner">Who hears of it.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="names">Who looks names up; null: the system.</param>
    public OutboundLink(
        EventLoop loop, EndPoint address, ILinkOwner owner, LinkLimits? limits = null, INameLookup? names = null)
    {
        Loop = loop;
        Address = address;
        Limits = limits ?? new LinkLimits();
        _owner = owner;
        _names = names ?? SystemNames.Instance;
        _deadline = new LinkDeadline(this);
    }

    /// <summary>The loop.</summary>
    public EventLoop Loop { get; }

    /// <summary>The other server.</summary>
    public EndPoint Address { get; }

    /// <summary>The address that was reached, also where a name was given; null where there is none.</summary>
    public EndPoint? Remote =>
        IPEndPoint.TryParse(_transport?.RemoteAddress ?? "", out IPEndPoint? reached) ? reached : null;

    /// <summary>Limits.</summary>
    public LinkLimits Limits { get; }

    /// <summary>True while bytes can be sent.</summary>
    public bool IsOpen => _state == LinkState.Open;

    /// <summary>False while nothing more is to be received: what the peer sends waits with it. What was received and
    /// not taken is offered again when it is true again. On the loop's thread.</summary>
    public bool IsReading
    {
        get;
        set
        {
            _offersAgain |= value && !field;
            field = value;
            if (value && IsOpen)
            {
                Loop.Links.Enqueue(this);
            }
        }
    } = true;

    /// <summary>Bytes that wait to be sent.</summary>
    public int UnsentBytes => _output.Length;

    /// <inheritdoc/>
    public bool HasUnsent => !_output.IsEmpty;

    private bool IsOver => _state == LinkState.Over;

    /// <summary>Opens it; once, from any thread.</summary>
    public void Start() => Loop.Post(new LoopMessage(LoopMessageKind.Connect, Link: this));

    /// <summary>Sends bytes with the link's next turn, which comes soon.</summary>
    /// <returns>False when it is not open, or when more would wait than may: nothing of it is sent then.</returns>
    public bool TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!IsOpen || bytes.Length > Limits.MaxUnsentBytes - _output.Length)
        {
            return false;
        }

        _output.Append(bytes);
        Loop.Links.Enqueue(this);
        return true;
    }

    /// <summary>Closes it; bytes that wait are dropped, and the owner hears no more.</summary>
    public void Close()
    {
        if (IsOver)
        {
            return;
        }

        _state = LinkState.Over;
        Loop.Deadlines.Remove(_deadline);
        _lookup?.Cancel();
        _transport?.Close();
        Loop.Links.Leave(this);
        if (!_isInTurn)
        {
            FreeBuffers();
        }
    }

    /// <summary>Begins to connect; on its loop.</summary>
    public void Begin(Poller poller)
    {
        if (IsOver)
        {
            Loop.Links.Leave(this);
            return;
        }

        _state = LinkState.Connecting;
        _poller = poller;
        Loop.Deadlines.Set(_deadline, Loop.Deadlines.After((long)Limits.ConnectTimeout.TotalMilliseconds));
        if (Address is DnsEndPoint name)
        {
            _lookup = new LinkLookup(this, name, _names);
            _lookup.Begin();
        }
        else
        {
            ConnectTo(Address);
        }
    }

    /// <summary>Its name has been looked up; on its loop.</summary>
    public void OnLookedUp()
    {
        if (_state == LinkState.Connecting)
        {
            foreach (IPEndPoint address in _lookup!.Found)
            {
                _further.Enqueue(address);
            }

            ConnectToNext(_lookup.Error);
        }
    }

    /// <summary>Its turn: hears whether it is open, sends what waits, hands one helping of bytes to the
    /// owner.</summary>
    public void Turn()
    {
        _isQueued = false;
        _isInTurn = true;
        try
        {
            TakeTurn();
        }
        catch (Exception failure)
        {
            Loop.Failures.Note(this, failure);
            End(new LinkEnd(LinkEndKind.OwnerFailed));
        }

        _isInTurn = false;
        if (IsOver)
        {
            // The owner may have closed it while it read what came: its bytes had to stay until now.
            FreeBuffers();
        }
        else
        {
            CountBuffers();
        }
    }

    /// <summary>Ends it and tells the owner why.</summary>
    public void End(LinkEnd end)
    {
        if (IsOver)
        {
            return;
        }

        Close();
        try
        {
            _owner.OnEnded(this, end);
        }
        catch (Exception failure)
        {
            Loop.Failures.Note(this, failure);
        }
    }

    /// <summary>Its time to open is over.</summary>
    public void OnDeadline()
    {
        if (_state == LinkState.Connecting)
        {
            End(new LinkEnd(LinkEndKind.TimedOut));
        }
    }

    /// <inheritdoc/>
    public void OnReady() => Loop.Links.Enqueue(this);

    /// <inheritdoc/>
    public void OnSent(int count)
    {
        if (count < 0)
        {
            End(new LinkEnd(LinkEndKind.Broken));
            return;
        }

        _output.Consume(count);
        CountBuffers();
        Loop.Links.Enqueue(this);
    }

    /// <summary>Puts the link into the loop's queue unless it is there already.</summary>
    public bool TryMarkQueued()
    {
        bool wasQueued = _isQueued;
        _isQueued = true;
        return !wasQueued;
    }

    private void TakeTurn()
    {
        if (_state == LinkState.Connecting)
        {
            LookWhetherOpen();
        }

        if (IsOpen)
        {
            SendWaiting();
        }

        if (IsOpen && IsReading && _offersAgain)
        {
            OfferAgain();
        }

        if (IsOpen && IsReading && _transport!.MayHaveInput)
        {
            ReceiveOnce();
        }

        // What the owner answered goes out with this turn, not with the next.
        if (IsOpen && SendWaiting() && IsReading && _transport!.MayHaveInput)
        {
            Loop.Links.Enqueue(this);
        }
    }

    private void ConnectTo(EndPoint address)
    {
        _transport = _poller.TryConnect(address, this, out SocketError error);
        if (_transport is null)
        {
            ConnectToNext(error);
        }
        else
        {
            _transport.KeepAlive(Limits.KeepAlive);
        }
    }

    // After an error: the next address of the name, if there is one.
    private void ConnectToNext(SocketError error)
    {
        if (_further.TryDequeue(out EndPoint? next))
        {
            ConnectTo(next);
        }
        else
        {
            End(new LinkEnd(LinkEndKind.NotConnected, error));
        }
    }

    private void LookWhetherOpen()
    {
        SocketError state = _transport!.ConnectState;
        if (state == SocketError.InProgress)
        {
            return;
        }

        if (state != SocketError.Success)
        {
            _transport.Close();
            _transport = null;
            ConnectToNext(state);
            return;
        }

        _state = LinkState.Open;
        Loop.Deadlines.Remove(_deadline);
        _owner.OnConnected(this);
    }

    // True when nothing waits any more; a link that waits for its peer to read goes on reading all the same: the two
    // directions are two streams.
    private bool SendWaiting()
    {
        while (IsOpen && !_output.IsEmpty)
        {
            int sent = _transport!.Send(_output.Bytes);
            if (sent == IoResult.WouldBlock)
            {
                _transport.AwaitWritable(_output.Bytes);
                return true;
            }

            if (sent < 0)
            {
                End(new LinkEnd(LinkEndKind.Broken));
                return false;
            }

            _output.Consume(sent);
        }

        return IsOpen;
    }

    private void ReceiveOnce()
    {
        bool continues = !_input.IsEmpty;
        Span<byte> buffer = continues ? _input.GetSpan(Loop.ReceiveBuffer.Length) : Loop.ReceiveBuffer;
        int received = _transport!.Receive(buffer);
        if (received == IoResult.WouldBlock)
        {
            AwaitReadable();
            return;
        }

        if (received <= 0)
        {
            End(new LinkEnd(received == IoResult.EndOfStream ? LinkEndKind.PeerClosed : LinkEndKind.Broken));
            return;
        }

        if (received < buffer.Length && !_transport.MustReadToEnd)
        {
            AwaitReadable();
        }

        if (continues)
        {
            _input.Advance(received);
            int taken = _owner.OnReceived(this, _input.Bytes);
            if (!IsOver)
            {
                _input.Consume(taken);
            }
        }
        else
        {
            int taken = _owner.OnReceived(this, buffer[..received]);
            if (!IsOver && taken < received)
            {
                _input.Append(buffer[taken..received]);
            }
        }

        if (!IsOver && _input.Length > Limits.MaxInputBytes)
        {
            End(new LinkEnd(LinkEndKind.TooMuchInput));
        }
    }

    private void OfferAgain()
    {
        _offersAgain = false;
        if (_input.IsEmpty)
        {
            return;
        }

        int taken = _owner.OnReceived(this, _input.Bytes);
        if (!IsOver)
        {
            _input.Consume(taken);
        }
    }

    private void AwaitReadable()
    {
        _transport!.MayHaveInput = false;
        _transport.AwaitReadable();
    }

    private void FreeBuffers()
    {
        _input.Free();
        _output.Free();
        CountBuffers();
    }

    private void CountBuffers()
    {
        long held = IsOver ? 0 : (long)_input.Capacity + _output.Capacity + (_transport?.HeldBytes ?? 0);
        Loop.Links.Bytes += held - _countedBytes;
        _countedBytes = held;
    }
}
