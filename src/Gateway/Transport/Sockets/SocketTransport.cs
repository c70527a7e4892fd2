using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>
/// A stream on a framework socket in non-blocking mode. Readiness comes from a receive of no bytes that completes when
/// there are some; output that the socket did not take goes out by an asynchronous send.
/// </summary>
internal sealed class SocketTransport : CompletionTransport
{
    private const int AsyncSendBytes = 64 << 10;

    private readonly Socket _socket;
    private readonly int _number;
    private readonly string? _unixPath;
    private readonly SocketAsyncEventArgs _readable = new();
    private SocketAsyncEventArgs? _sender;
    private SocketAsyncEventArgs? _connector;
    private SocketError _connected;
    private byte[]? _sendBuffer;
    private bool _awaitsReadable;
    private bool _sends;

    public SocketTransport(Socket socket, string? unixPath)
    {
        _socket = socket;
        _number = (int)socket.Handle;
        _unixPath = unixPath;
        _readable.SetBuffer(Array.Empty<byte>(), 0, 0);
        _readable.Completed += (_, _) => PostRead();
    }

    /// <inheritdoc/>
    public override string RemoteAddress =>
        _unixPath is not null ? $"{_unixPath}:0" : Address(() => _socket.RemoteEndPoint);

    /// <inheritdoc/>
    public override string LocalAddress =>
        _unixPath is not null ? $"{_unixPath}:0" : Address(() => _socket.LocalEndPoint);

    /// <inheritdoc/>
    public override int Number => _number;

    /// <inheritdoc/>
    public override int HeldBytes => _sendBuffer?.Length ?? 0;

    /// <inheritdoc/>
    public override SocketError ConnectState => _connected;

    /// <summary>Begins to connect; the poller that watches it is told when that is over.</summary>
    /// <exception cref="SocketException">It cannot even begin.</exception>
    public void Connect(EndPoint address, SocketPoller poller)
    {
        _connected = SocketError.InProgress;
        Join(poller);
        _connector = new SocketAsyncEventArgs { RemoteEndPoint = address };
        _connector.Completed += (_, done) => PostConnected(done.SocketError);
        if (!_socket.ConnectAsync(_connector))
        {
            PostConnected(_connector.SocketError);
        }
    }

    /// <inheritdoc/>
    public override bool LooksClosed()
    {
        try
        {
            return base.LooksClosed() || IsFinAcknowledged()
                || (MayHaveInput && _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public override void KeepAlive(TimeSpan silence)
    {
        if (_unixPath is not null)
        {
            return;
        }

        try
        {
            int seconds = (int)silence.TotalSeconds;
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            _socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(seconds / 3, 1));
            _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        }
        catch (SocketException)
        {
            // A connect that has failed already: its owner is told of that.
        }
    }

    /// <inheritdoc/>
    public override int Receive(Span<byte> destination)
    {
        int received = _socket.Receive(destination, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? received : Failure(error);
    }

    /// <inheritdoc/>
    public override int Send(ReadOnlySpan<byte> bytes)
    {
        if (_sends)
        {
            return IoResult.WouldBlock;
        }

        int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? sent : Failure(error);
    }

    /// <inheritdoc/>
    public override void AwaitReadable()
    {
        if (_awaitsReadable || !IsOpen)
        {
            return;
        }

        _awaitsReadable = true;
        if (!_socket.ReceiveAsync(_readable))
        {
            PostRead();
        }
    }

    /// <inheritdoc/>
    public override void AwaitWritable(ReadOnlySpan<byte> unsent)
    {
        if (_sends)
        {
            return;
        }

        _sends = true;
        _sender ??= CreateSender();
        int count = Math.Min(unsent.Length, AsyncSendBytes);
        unsent[..count].CopyTo(_sendBuffer);
        _sender.SetBuffer(0, count);
        if (!_socket.SendAsync(_sender))
        {
            PostSent(_sender);
        }
    }

    /// <inheritdoc/>
    public override void FinishSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is over already, and its owner is told of that.
        }
    }

    /// <inheritdoc/>
    protected override void OnReadDone() => _awaitsReadable = false;

    /// <inheritdoc/>
    protected override void OnSendDone() => _sends = false;

    /// <inheritdoc/>
    protected override void OnConnectDone(SocketError error)
    {
        _connected = error;
        _connector?.Dispose();
        _connector = null;
        if (error == SocketError.Success)
        {
            AwaitReadable();
        }
    }

    /// <inheritdoc/>
    protected override void OnAllSent()
    {
        // A peer was slow once: that is no reason to keep a buffer for it.
        _sender?.Dispose();
        _sender = null;
        _sendBuffer = null;
    }

    /// <inheritdoc/>
    protected override void CloseStream()
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
        _connector?.Dispose();
    }

    // Behind bytes that nobody has received only the system sees that the peer has closed its side. Linux tells by the
    // first byte of TCP_INFO (tcp(7)), the state of the connection: CLOSE_WAIT.
    private bool IsFinAcknowledged()
    {
        const int tcp = 6, tcpInfo = 11;
        const byte closeWait = 8;
        if (_unixPath is not null || !OperatingSystem.IsLinux())
        {
            return false;
        }

        Span<byte> state = [0];
        return _socket.GetRawSocketOption(tcp, tcpInfo, state) > 0 && state[0] == closeWait;
    }

    private SocketAsyncEventArgs CreateSender()
    {
        _sendBuffer = new byte[AsyncSendBytes];
        var sender = new SocketAsyncEventArgs();
        // With offset and count: the overload for memory forbids to set them alone later.
        sender.SetBuffer(_sendBuffer, 0, AsyncSendBytes);
        sender.Completed += (_, done) => PostSent(done);
        return sender;
    }

    private void PostSent(SocketAsyncEventArgs done) =>
        PostSent(done.SocketError == SocketError.Success ? done.BytesTransferred : IoResult.Broken);

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
