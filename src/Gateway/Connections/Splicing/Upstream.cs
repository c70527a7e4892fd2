using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// A client's connection to the primary: opened when a request waits, told who the client is, given up when the primary
/// moves and nothing is on its way. Its bytes are moved by the client's <see cref="Connection"/>, in that one's turns.
/// </summary>
internal sealed class Upstream : ITransportOwner
{
    // A primary that starts again is back within milliseconds; the first attempt after a switch should not be late.
    private const int RetryMilliseconds = 50;

    // A replica of a replica of a replica; gateways that take each other for the primary send nobody around for ever.
    private const int MostHops = 3;

    private readonly Connection _client;
    private readonly Forwarder _forwarder;
    private readonly ConversationTracker _tracker;
    private readonly UpstreamTimer _hold;
    private readonly UpstreamTimer _retry;
    private StreamTransport? _transport;
    private EndPoint? _address;
    private ByteQueue _greeting;
    private int _greetingReplies;
    private bool _leaves;
    private int _hops;

    /// <summary>Makes it, without a connection yet.</summary>
    public Upstream(Connection client, Forwarder forwarder, ConversationTracker tracker)
    {
        _client = client;
        _forwarder = forwarder;
        _tracker = tracker;
        _hold = new UpstreamTimer(OnHeldTooLong);
        _retry = new UpstreamTimer(OnRetry);
    }

    /// <summary>How far it is.</summary>
    public UpstreamState State { get; private set; }

    /// <summary>True while bytes go both ways.</summary>
    public bool IsOpen => State == UpstreamState.Open;

    /// <summary>True when something may have come.</summary>
    public bool MayHaveInput => IsOpen && _transport!.MayHaveInput;

    /// <summary>True when the primary has closed its side: what it sent before is still to be read, but it gets no
    /// further request.</summary>
    public bool HasGone => IsOpen && _transport!.PeerHasClosed;

    /// <summary>Bytes held beside the client's own queues.</summary>
    public int HeldBytes => _greeting.Capacity + (_transport?.HeldBytes ?? 0);

    /// <summary>True when the client could go on elsewhere, or could end.</summary>
    public bool IsQuiet => _tracker.IsQuiet;

    /// <summary>True when nobody can say whether something is on its way.</summary>
    public bool IsUnsure => _tracker.IsUnsure;

    /// <inheritdoc/>
    public bool HasUnsent => IsOpen ? _client.HasUnsentRequests : !_greeting.IsEmpty;

    private EventLoop Loop => _client.Loop;

    /// <inheritdoc/>
    public void OnReady() => Loop.Enqueue(_client);

    /// <inheritdoc/>
    public void OnSent(int count)
    {
        if (count < 0)
        {
            _client.OnUpstreamEnded();
        }
        else if (IsOpen)
        {
            _client.OnRequestsSent(count);
        }
        else
        {
            _greeting.Consume(count);
        }

        Loop.Enqueue(_client);
    }

    /// <summary>A request waits: there has to be a connection.</summary>
    public void Want()
    {
        if (State != UpstreamState.Away)
        {
            return;
        }

        if (!_hold.IsSet)
        {
            Loop.Deadlines.Set(_hold, Loop.Deadlines.After((long)_forwarder.Hold.TotalMilliseconds));
        }

        PrimaryPlace place = _forwarder.Place;
        if (place.AddressFor(_client.Protocol) is { } address && !_retry.IsSet && _client.Hops < MostHops)
        {
            _hops = place.IsGateway ? _client.Hops + 1 : 0;
            Connect(address);
        }
    }

    /// <summary>Goes on with connecting and greeting.</summary>
    public void GoOn()
    {
        if (State == UpstreamState.Connecting)
        {
            LookWhetherConnected();
        }

        if (State == UpstreamState.Greeting)
        {
            Greet();
        }
    }

    /// <summary>Gives requests.</summary>
    /// <returns>Bytes that were taken, or an <see cref="IoResult"/>.</returns>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        int sent = _transport!.Send(bytes);
        if (sent > 0)
        {
            _tracker.OnSent(bytes[..sent]);
        }

        return sent;
    }

    /// <summary>Bytes that the transport has sent by itself.</summary>
    public void NoteSent(ReadOnlySpan<byte> bytes) => _tracker.OnSent(bytes);

    /// <summary>Asks to be told when there is room.</summary>
    public void AwaitRoom(ReadOnlySpan<byte> unsent) => _transport!.AwaitWritable(unsent);

    /// <summary>The client sends no more.</summary>
    public void FinishSending() => _transport?.FinishSending();

    /// <summary>Takes replies.</summary>
    /// <returns>Bytes, or an <see cref="IoResult"/>.</returns>
    public int Receive(Span<byte> room)
    {
        int received = _transport!.Receive(room);
        if (received > 0)
        {
            _tracker.OnReceived(room[..received]);
        }

        bool mayHaveMore = received == room.Length || (received > 0 && _transport.MustReadToEnd);
        _transport.MayHaveInput = mayHaveMore;
        if (!mayHaveMore && received is > 0 or IoResult.WouldBlock && _transport.ArmsReads)
        {
            _transport.AwaitReadable();
        }

        return received;
    }

    /// <summary>After replies were taken: a primary that is none any more is left at the first quiet moment.</summary>
    public void LeaveWhenQuiet()
    {
        if (_leaves && _tracker.IsQuiet)
        {
            Detach();
        }
    }

    /// <summary>The primary has moved, or is not known any more.</summary>
    /// <returns>False when the client has to be closed.</returns>
    public bool TryFollow(PrimaryPlace place)
    {
        if (State == UpstreamState.Away || !place.Excludes(_address!))
        {
            return true;
        }

        if (State != UpstreamState.Open || _tracker.IsQuiet)
        {
            // Nothing was sent there that has not been answered.
            Detach();
            return true;
        }

        if (_tracker.IsUnsure)
        {
            return false;
        }

        // Its reply is on its way, perhaps.
        _leaves = true;
        Loop.Deadlines.Set(_hold, Loop.Deadlines.After((long)_forwarder.Hold.TotalMilliseconds));
        return true;
    }

    /// <summary>Ends the connection; the client stays, and its next request opens another one.</summary>
    public void Detach()
    {
        if (State == UpstreamState.Open)
        {
            _forwarder.Stats.CountKept();
        }

        CloseTransport();
        _leaves = false;
        Loop.Deadlines.Remove(_hold);
        Loop.Enqueue(_client);
    }

    /// <summary>Ends everything.</summary>
    public void Close()
    {
        CloseTransport();
        Loop.Deadlines.Remove(_hold);
        Loop.Deadlines.Remove(_retry);
    }

    /// <summary>Writes what is answered when there is no primary.</summary>
    public void WriteRefusal(ref ByteQueue to)
    {
        _forwarder.Stats.CountRefused();
        _tracker.WriteRefusal(ref to);
    }

    /// <summary>What was said to the primary about the client, for this process itself.</summary>
    public void WriteGreeting(ref ByteQueue to) => _tracker.WriteGreeting(ref to, hops: 0);

    private void Connect(EndPoint address)
    {
        _address = address;
        _transport = Loop.Connect(address, this);
        if (_transport is null)
        {
            RetryLater();
            return;
        }

        State = UpstreamState.Connecting;
        LookWhetherConnected();
    }

    private void LookWhetherConnected()
    {
        SocketError state = _transport!.ConnectState;
        if (state == SocketError.InProgress)
        {
            return;
        }

        if (state != SocketError.Success)
        {
            RetryLater();
            return;
        }

        _forwarder.Stats.CountOpened();
        _greetingReplies = _tracker.WriteGreeting(ref _greeting, _hops);
        State = UpstreamState.Greeting;
        Loop.Enqueue(_client);
    }

    // Nothing of the client's is sent before it has been said who it is and in which database: an error there would
    // have the request executed elsewhere.
    private void Greet()
    {
        if (!_greeting.IsEmpty)
        {
            int sent = _transport!.Send(_greeting.Bytes);
            if (sent == IoResult.Broken)
            {
                RetryLater();
                return;
            }

            _greeting.Consume(Math.Max(sent, 0));
            if (!_greeting.IsEmpty)
            {
                _transport.AwaitWritable(_greeting.Bytes);
            }
        }

        while (_greetingReplies > 0 && _transport!.MayHaveInput)
        {
            Span<byte> room = Loop.ReceiveBuffer;
            int received = _transport.Receive(room);
            if (received == IoResult.WouldBlock)
            {
                _transport.MayHaveInput = false;
                _transport.AwaitReadable();
                return;
            }

            if (received <= 0)
            {
                RetryLater();
                return;
            }

            _greetingReplies -= _tracker.TakeGreetingReplies(room[..received], out bool hasFailed);
            if (hasFailed)
            {
                _client.Close();
                return;
            }
        }

        if (_greetingReplies == 0)
        {
            Loop.Deadlines.Remove(_hold);
            _tracker.EndGreeting();
            State = UpstreamState.Open;
            _client.OnUpstreamOpened();
            _forwarder.Count(1);
        }
    }

    private void RetryLater()
    {
        CloseTransport();
        Loop.Deadlines.Set(_retry, Loop.Deadlines.After(RetryMilliseconds));
    }

    private void OnRetry() => Loop.Enqueue(_client);

    private void OnHeldTooLong()
    {
        if (_leaves)
        {
            _client.Cut();
        }
        else
        {
            _client.RefuseHeld();
        }
    }

    private void CloseTransport()
    {
        if (State == UpstreamState.Open)
        {
            _forwarder.Count(-1);
        }

        State = UpstreamState.Away;
        _transport?.Close();
        _transport = null;
        _greeting.Free();
    }
}
