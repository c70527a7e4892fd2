using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>A blocking client for large amounts of bytes and for rude ends. Strings are Latin-1.</summary>
internal sealed class Client : IDisposable
{
    // ip(7): IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT.
    private const int IpProtocol = 0;
    private const int BindAddressNoPort = 24;

    private Client(Socket socket)
    {
        Socket = socket;
        socket.ReceiveTimeout = (int)Wait.Patience.TotalMilliseconds;
    }

    /// <summary>The socket itself.</summary>
    public Socket Socket { get; }

    /// <summary>Connects to a loopback port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="source">Address to come from; each has ports of its own.</param>
    /// <param name="receiveBytes">Size of the kernel's receive buffer; 0 = as the system grows it.</param>
    public static Client Connect(int port, IPAddress? source = null, int receiveBytes = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBytes > 0)
        {
            socket.ReceiveBufferSize = receiveBytes;
        }

        if (source is not null)
        {
            // The port is chosen when the other end is known: to find one that nobody at all uses takes the kernel the
            // longer the more connections there are, a minute for ten thousand.
            socket.SetRawSocketOption(IpProtocol, BindAddressNoPort, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(source, 0));
        }

        return Open(socket, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>Connects to a unix socket.</summary>
    public static Client ConnectUnix(string path) =>
        Open(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            new UnixDomainSocketEndPoint(path));

    /// <summary>Sends everything; blocks while the server does not read.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Socket.Send(bytes)..];
        }
    }

    /// <summary>Sends everything; blocks while the server does not read.</summary>
    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends as much as the kernel takes without waiting for the server.</summary>
    /// <returns>Number of bytes sent.</returns>
    public int SendWithoutWaiting(ReadOnlySpan<byte> bytes)
    {
        Socket.Blocking = false;
        int sent = 0;
        SocketError error = SocketError.Success;
        while (error == SocketError.Success && sent < bytes.Length)
        {
            sent += Socket.Send(bytes[sent..], SocketFlags.None, out error);
        }

        Socket.Blocking = true;
        return sent;
    }

    /// <summary>Exactly so many bytes.</summary>
    public byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        Read(bytes);
        return bytes;
    }

    /// <summary>Fills a buffer.</summary>
    public void Read(Span<byte> bytes)
    {
        int have = 0;
        while (have < bytes.Length)
        {
            int count = Socket.Receive(bytes[have..]);
            if (count == 0)
            {
                throw new EndOfStreamException(
                    $"closed after {have} of {bytes.Length} bytes: {Shown.Bytes(bytes[..have])}");
            }

            have += count;
        }
    }

    /// <summary>Sends text and asserts the answer.</summary>
    public void Ask(string text, string answer)
    {
        Send(text);
        Assert.Equal(answer, Encoding.Latin1.GetString(Read(answer.Length)));
    }

    /// <summary>Everything until the connection ends.</summary>
    public (byte[] Bytes, Ending Ending) ReadToEnd()
    {
        var bytes = new MemoryStream();
        byte[] chunk = new byte[64 << 10];
        while (true)
        {
            int count = Socket.Receive(chunk, SocketFlags.None, out SocketError error);
            if (error is SocketError.TimedOut or SocketError.WouldBlock)
            {
                throw new TimeoutException($"not closed; {bytes.Length} bytes came: {Shown.Bytes(bytes.ToArray())}");
            }

            if (error != SocketError.Success)
            {
                return (bytes.ToArray(), Ending.Reset);
            }

            if (count == 0)
            {
                return (bytes.ToArray(), Ending.Closed);
            }

            bytes.Write(chunk, 0, count);
        }
    }

    /// <summary>Ends the sending side and leaves the other open.</summary>
    public void HalfClose() => Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection by RST, as the kernel does for a process that died with unread bytes.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private static Client Open(Socket socket, EndPoint endPoint)
    {
        try
        {
            socket.Connect(endPoint);
            return new Client(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
