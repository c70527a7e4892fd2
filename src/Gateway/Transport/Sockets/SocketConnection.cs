using System.Net.Sockets;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>
/// A connection on a framework socket in non-blocking mode. Readiness comes from a receive of no bytes that completes
/// when there are some; output that the socket did not take goes out by an asynchronous send.
/// </summary>
internal sealed class SocketConnection : Connection
{
    private const int AsyncSendBytes = 64 << 10;

    private readonly Socket _socket;
    private readonly int _number;
    private readonly string? _unixPath;
    private readonly SocketAsyncEventArgs _readable = new();
    private SocketAsyncEventArgs? _sender;
    private byte[]? _sendBuffer;
    private bool _awaitsReadable;
    private bool _sends;

    public SocketConnection(EventLoop loop, Socket socket, ListenerProtocol listener, string? unixPath)
        : base(loop, listener)
    {
        _socket = socket;
        _number = (int)socket.Handle;
        _unixPath = unixPath;
        _readable.SetBuffer(Array.Empty<byte>(), 0, 0);
        _readable.Completed += (_, _) => Loop.Post(new LoopMessage(LoopMessageKind.Readable, this));
    }

    /// <inheritdoc/>
    public override string RemoteAddress =>
        _unixPath is not null ? $"{_unixPath}:0" : Address(() => _socket.RemoteEndPoint);

    /// <inheritdoc/>
    public override string LocalAddress =>
        _unixPath is not null ? $"{_unixPath}:0" : Address(() => _socket.LocalEndPoint);

    /// <summary>Starts to watch for input.</summary>
    public void Start() => AwaitReadable();

    /// <summary>The readiness event has been taken.</summary>
    public override void OnReadable()
    {
        _awaitsReadable = false;
        base.OnReadable();
    }

    /// <inheritdoc/>
    public override void OnWritable(int sent)
    {
        _sends = false;
        if (!IsOpen)
        {
            return;
        }

        if (sent < 0)
        {
            Close();
            return;
        }

        Counters.BytesWritten += sent;
        ConsumeUnsent(sent);
        if (Unsent.IsEmpty)
        {
            // A peer was slow once: that is no reason to keep a buffer for it.
            _sender?.Dispose();
            _sender = null;
            _sendBuffer = null;
        }

        base.OnWritable(sent);
    }

    /// <inheritdoc/>
    protected override int SocketNumber => _number;

    /// <inheritdoc/>
    protected override int Receive(Span<byte> destination)
    {
        int received = _socket.Receive(destination, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? received : Failure(error);
    }

    /// <inheritdoc/>
    protected override int Send(ReadOnlySpan<byte> bytes)
    {
        if (_sends)
        {
            return IoResult.WouldBlock;
        }

        int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? sent : Failure(error);
    }

    /// <inheritdoc/>
    protected override void AwaitReadable()
    {
        if (_awaitsReadable || !IsOpen)
        {
            return;
        }

        _awaitsReadable = true;
        if (!_socket.ReceiveAsync(_readable))
        {
            Loop.Post(new LoopMessage(LoopMessageKind.Readable, this));
        }
    }

    /// <inheritdoc/>
    protected override int TransportBytes => _sendBuffer?.Length ?? 0;

    /// <inheritdoc/>
    protected override void AwaitWritable()
    {
        if (_sends)
        {
            return;
        }

        _sends = true;
        _sender ??= CreateSender();
        int count = Math.Min(Unsent.Length, AsyncSendBytes);
        Unsent[..count].CopyTo(_sendBuffer);
        _sender.SetBuffer(0, count);
        if (!_socket.SendAsync(_sender))
        {
            PostSent();
        }
    }

    /// <inheritdoc/>
    protected override void CloseTransport()
    {
        try
        {
            // Without it Dispose cancels the waiting receive by a reset, and a reset can overtake the last answer.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer has reset the connection.
        }

        _socket.Dispose();
        // Left to their finalizers they would hold the whole connection through one more collection.
        _readable.Dispose();
        _sender?.Dispose();
        ((SocketLoop)Loop).Forget();
    }

    private SocketAsyncEventArgs CreateSender()
    {
        _sendBuffer = new byte[AsyncSendBytes];
        var sender = new SocketAsyncEventArgs();
        // With offset and count: the overload for memory forbids to set them alone later.
        sender.SetBuffer(_sendBuffer, 0, AsyncSendBytes);
        sender.Completed += (_, _) => PostSent();
        return sender;
    }

    private void PostSent()
    {
        int sent = _sender!.SocketError == SocketError.Success ? _sender.BytesTransferred : -1;
        Loop.Post(new LoopMessage(LoopMessageKind.Writable, this, Number: sent));
    }

    private static string Address(Func<System.Net.EndPoint?> read)
    {
        try
        {
            return read()?.ToString() ?? "?:0";
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return "?:0";
        }
    }

    private static int Failure(SocketError error) => error switch
    {
        SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted => IoResult.WouldBlock,
        _ => IoResult.Broken,
    };
}
