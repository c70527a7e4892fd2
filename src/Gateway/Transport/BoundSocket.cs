using System.Net.Sockets;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport;

/// <summary>A socket that has its address and will listen, and the address it was asked for.</summary>
internal sealed record BoundSocket(Socket Socket, ListenAddress Requested, string Address)
{
    /// <summary>How its connections are read.</summary>
    public ListenerProtocol Protocol => Requested.Protocol;

    /// <summary>Path of a unix socket; null for TCP.</summary>
    public string? UnixPath => Requested.UnixPath;

    /// <summary>Listens: until then the address is taken, and who connects is refused at once.</summary>
    /// <exception cref="StartupException">Somebody else listens there.</exception>
    public void Listen(int backlog)
    {
        try
        {
            Socket.Listen(backlog);
        }
        catch (SocketException e)
        {
            throw new StartupException(ListenProblem.Describe(Requested, e));
        }
    }

    /// <summary>Binds.</summary>
    /// <param name="address">Where.</param>
    /// <param name="keepAlive">After this silence the system asks clients whether they are still there.</param>
    /// <exception cref="StartupException">The address cannot be had.</exception>
    /// <param name="inherited">Sockets that listen already.</param>
    public static BoundSocket Open(ListenAddress address, TimeSpan keepAlive, InheritedSockets inherited)
    {
        Socket? socket = inherited.Take(address);
        try
        {
            bool isInherited = socket is not null;
            socket ??= address.UnixPath is null
                ? new Socket(address.EndPoint!.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
                : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            if (address.UnixPath is { } path)
            {
                if (isInherited)
                {
                    // Who made it has said who may use it, and removes it.
                    return new BoundSocket(socket, address, address.Place);
                }

                UnixSocketFile.RemoveStale(path);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                // Nobody can connect before the listen below.
                UnixSocketFile.Grant(path, address.Access);
            }
            else
            {
                // Accepted sockets inherit both (tcp(7)); keep-alive finds peers that vanished, in thirds as Redis does
                // (anet.c).
                int seconds = (int)keepAlive.TotalSeconds;
                socket.NoDelay = true;
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, seconds / 3);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
                // No ReuseAddress: .NET sets SO_REUSEADDR itself for TCP on Unix, and takes this option for
                // SO_REUSEPORT, too, with which a second gateway would share the port.
                if (!isInherited)
                {
                    socket.Bind(address.EndPoint!);
                }
            }

            return new BoundSocket(
                socket, address, address.UnixPath is { } unix ? $"unix:{unix}" : socket.LocalEndPoint!.ToString()!);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new StartupException(ListenProblem.Describe(address, e));
        }
        catch (StartupException)
        {
            socket?.Dispose();
            throw;
        }
    }
}
