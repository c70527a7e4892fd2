using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Load.Native;

/// <summary>Opens TCP sockets to a server on loopback.</summary>
internal static unsafe class SocketFactory
{
    /// <summary>
    /// Connects and waits for it; -1 when the server refuses. <paramref name="source"/> is the last octet of the
    /// client's address: one address has about 28,000 ports, so many connections need several.
    /// </summary>
    public static int TryConnect(int port, byte source = 1)
    {
        int fd = Open(0, source);
        SocketAddress address = new(1, port);
        while (Libc.Connect(fd, &address, SocketAddress.Bytes) != 0)
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                _ = Libc.Close(fd);
                return -1;
            }

        int yes = 1;
        if (Libc.SetSocketOption(fd, Libc.LevelTcp, Libc.NoDelay, &yes, sizeof(int)) != 0)
            throw Libc.Failure("setsockopt TCP_NODELAY");
        return fd;
    }

    /// <summary>As <see cref="TryConnect"/>, but a refusal ends the run.</summary>
    public static int Connect(int port, byte source = 1)
    {
        int fd = TryConnect(port, source);
        return fd >= 0 ? fd : throw Libc.Failure($"connect to 127.0.0.1:{port}");
    }

    /// <summary>Starts to connect without waiting; epoll reports the socket writable when it is connected.</summary>
    public static int BeginConnect(int port, byte source)
    {
        int fd = Open(Libc.NonBlocking, source);
        SocketAddress address = new(1, port);
        if (Libc.Connect(fd, &address, SocketAddress.Bytes) == 0 || Marshal.GetLastPInvokeError() == Libc.InProgress)
            return fd;
        throw Libc.Failure($"connect to 127.0.0.1:{port}");
    }

    /// <summary>Two ends of one TCP connection over loopback.</summary>
    public static (int Left, int Right) Pair()
    {
        int listener = Open(0, 1);
        SocketAddress address = new(1, 0);
        uint length = SocketAddress.Bytes;
        if (Libc.Bind(listener, &address, length) != 0 || Libc.Listen(listener, 1) != 0
            || Libc.GetSocketName(listener, &address, &length) != 0)
            throw Libc.Failure("listen on loopback");
        int left = Connect(address.Port);
        int right = Libc.Accept(listener, null, null, Libc.CloseOnExec);
        _ = Libc.Close(listener);
        return right >= 0 ? (left, right) : throw Libc.Failure("accept");
    }

    private static int Open(int flags, byte source)
    {
        int fd = Libc.Socket(Libc.Inet, Libc.Stream | Libc.CloseOnExec | flags, 0);
        if (fd < 0)
            throw Libc.Failure("socket");
        if (source == 1)
            return fd;

        // Without this option bind() would reserve a port for itself and the ports of all addresses would run out.
        int yes = 1;
        if (Libc.SetSocketOption(fd, Libc.LevelIp, Libc.BindAddressNoPort, &yes, sizeof(int)) != 0)
            throw Libc.Failure("setsockopt IP_BIND_ADDRESS_NO_PORT");
        SocketAddress local = new(source, 0);
        if (Libc.Bind(fd, &local, SocketAddress.Bytes) != 0)
            throw Libc.Failure($"bind to 127.0.0.{source}");
        return fd;
    }
}
