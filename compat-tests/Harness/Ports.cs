using System.Net;
using System.Net.Sockets;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Hands out loopback ports nobody listens on.</summary>
/// <remarks>
/// Taken below Linux' ephemeral range (32768–60999), so that an outgoing connection of another process cannot take
/// the port between this check and the server's bind. Test processes that run at the same time get different ones: a
/// port belongs to the process that has its name in the namespace of abstract unix sockets, until that process ends.
/// </remarks>
public static class Ports
{
    private const int First = 20000;
    private const int Last = 32000;

    private static readonly Lock Gate = new();
    private static readonly List<Socket> Given = [];
    private static readonly Random Random = new(Environment.ProcessId ^ Environment.TickCount);

    /// <summary>A loopback TCP port that was free a moment ago and that no other test process has.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            for (int attempt = 0; attempt < 1000; attempt++)
            {
                int port = Random.Next(First, Last);
                if (TryReserve(port) && IsFree(port))
                    return port;
            }
        }
        throw new InvalidOperationException($"no free loopback port between {First} and {Last}");
    }

    private static bool TryReserve(int port)
    {
        var name = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (!Binds(name, new UnixDomainSocketEndPoint($"\0session-gateway-tests-port-{port}")))
        {
            name.Dispose();
            return false;
        }

        Given.Add(name);
        return true;
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return Binds(probe, new IPEndPoint(IPAddress.Loopback, port));
    }

    private static bool Binds(Socket socket, EndPoint address)
    {
        try
        {
            socket.Bind(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
