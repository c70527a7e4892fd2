using System.Runtime.InteropServices;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>A connection on a non-blocking descriptor.</summary>
internal sealed unsafe class EpollConnection(
    EventLoop loop, int descriptor, ListenerProtocol listener, string? unixPath) : Connection(loop, listener)
{
    private bool _awaitsWritable;

    /// <summary>The socket.</summary>
    public int Descriptor { get; } = descriptor;

    /// <inheritdoc/>
    public override string RemoteAddress => AcceptedFrom
        ?? (unixPath is not null ? $"{unixPath}:0" : SocketAddresses.Format(Descriptor, remote: true));

    /// <summary>Who the peer is, as the accept said: asked later, the socket of a peer that has gone again does not
    /// tell.</summary>
    public string? AcceptedFrom { get; init; }

    /// <inheritdoc/>
    public override string LocalAddress =>
        unixPath is not null ? $"{unixPath}:0" : SocketAddresses.Format(Descriptor, remote: false);

    /// <summary>True while the epoll set watches for writability; the loop clears it when it came.</summary>
    public bool StopsAwaitingWritable()
    {
        bool did = _awaitsWritable;
        _awaitsWritable = false;
        return did;
    }

    /// <inheritdoc/>
    protected override int SocketNumber => Descriptor;

    /// <inheritdoc/>
    protected override int Receive(Span<byte> destination)
    {
        fixed (byte* bytes = destination)
        {
            nint received = Native.Receive(Descriptor, bytes, (nuint)destination.Length, Native.MessageDontWait);
            return received >= 0 ? (int)received : Failure();
        }
    }

    /// <inheritdoc/>
    protected override int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint sent = Native.Send(
                Descriptor, start, (nuint)bytes.Length, Native.MessageDontWait | Native.MessageNoSignal);
            return sent >= 0 ? (int)sent : Failure();
        }
    }

    /// <inheritdoc/>
    protected override void AwaitWritable()
    {
        if (!_awaitsWritable)
        {
            _awaitsWritable = true;
            ((EpollLoop)Loop).Rearm(this, forWriting: true);
        }
    }

    /// <inheritdoc/>
    protected override void CloseTransport() => ((EpollLoop)Loop).Forget(this);

    private static int Failure() => Marshal.GetLastSystemError() switch
    {
        Native.Again or Native.Interrupted => IoResult.WouldBlock,
        _ => IoResult.Broken,
    };
}
