using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>A stream on a non-blocking descriptor.</summary>
/// <param name="descriptor">The socket; closed with the transport.</param>
/// <param name="unixPath">Path of the unix socket; null for TCP.</param>
internal sealed unsafe class EpollTransport(int descriptor, string? unixPath) : StreamTransport(armsReads: false)
{
    private EpollPoller? _poller;
    private bool _awaitsWritable;
    private bool _isConnecting;
    private SocketError _connected;

    /// <summary>The socket.</summary>
    public int Descriptor { get; } = descriptor;

    /// <summary>Tells it from others that had or will have the same descriptor, on the same poller.</summary>
    public long Stamp { get; private set; }

    /// <summary>Who the peer is, as the accept said: asked later, the socket of a peer that has gone again does not
    /// tell.</summary>
    public string? AcceptedFrom { get; init; }

    /// <inheritdoc/>
    public override string RemoteAddress => AcceptedFrom
        ?? (unixPath is not null ? $"{unixPath}:0" : SocketAddresses.Format(Descriptor, remote: true));

    /// <inheritdoc/>
    public override string LocalAddress =>
        unixPath is not null ? $"{unixPath}:0" : SocketAddresses.Format(Descriptor, remote: false);

    /// <inheritdoc/>
    public override int Number => Descriptor;

    /// <inheritdoc/>
    public override SocketError ConnectState
    {
        get
        {
            if (_isConnecting)
            {
                _connected = SystemErrors.OfConnect(Descriptor);
                _isConnecting = _connected == SocketError.InProgress;
            }

            return _connected;
        }
    }

    /// <inheritdoc/>
    public override void KeepAlive(TimeSpan silence)
    {
        if (unixPath is null)
        {
            int seconds = (int)silence.TotalSeconds;
            SetOption(Native.SocketLevel, Native.KeepAliveOption, 1);
            SetOption(Native.TcpLevel, Native.KeepAliveTimeOption, seconds);
            SetOption(Native.TcpLevel, Native.KeepAliveIntervalOption, Math.Max(seconds / 3, 1));
            SetOption(Native.TcpLevel, Native.KeepAliveCountOption, 3);
        }
    }

    /// <summary>A poller watches it from now on.</summary>
    /// <param name="poller">The poller.</param>
    /// <param name="stamp">Tells it from others.</param>
    /// <param name="isConnecting">It is not open yet: the poller waits for writability, which says how that
    /// ended.</param>
    public void Join(EpollPoller poller, long stamp, bool isConnecting)
    {
        _poller = poller;
        Stamp = stamp;
        _isConnecting = _awaitsWritable = isConnecting;
    }

    /// <summary>True when the epoll set watches for writability, which has come: it need no longer.</summary>
    public bool StopsAwaitingWritable()
    {
        bool did = _awaitsWritable;
        _awaitsWritable = false;
        return did;
    }

    /// <inheritdoc/>
    public override int Receive(Span<byte> destination)
    {
        fixed (byte* bytes = destination)
        {
            nint received = Native.Receive(Descriptor, bytes, (nuint)destination.Length, Native.MessageDontWait);
            return received >= 0 ? (int)received : Failure();
        }
    }

    /// <inheritdoc/>
    public override int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint sent = Native.Send(
                Descriptor, start, (nuint)bytes.Length, Native.MessageDontWait | Native.MessageNoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }
    }

    /// <inheritdoc/>
    public override int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        fixed (byte* a = first, b = second, c = third)
        {
            Native.Part* parts = stackalloc Native.Part[]
            {
                new(a, (nuint)first.Length), new(b, (nuint)second.Length), new(c, (nuint)third.Length),
            };
            Native.Message message = new() { Parts = parts, PartCount = 3 };
            nint sent = Native.SendParts(Descriptor, &message, Native.MessageDontWait | Native.MessageNoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }
    }

    /// <inheritdoc/>
    public override void AwaitWritable(ReadOnlySpan<byte> unsent)
    {
        if (!_awaitsWritable)
        {
            _awaitsWritable = true;
            _poller!.Rearm(this, forWriting: true);
        }
    }

    /// <inheritdoc/>
    public override void FinishSending() => _ = Native.Shutdown(Descriptor, Native.ShutdownWrite);

    /// <inheritdoc/>
    public override void Close()
    {
        _poller?.Forget(this);
        Native.Close(Descriptor);
    }

    private static int Failure() => Marshal.GetLastSystemError() switch
    {
        Native.Again or Native.Interrupted => IoResult.WouldBlock,
        _ => IoResult.Broken,
    };

    private void SetOption(int level, int option, int value) =>
        _ = Native.SetOption(Descriptor, level, option, &value, sizeof(int));
}
