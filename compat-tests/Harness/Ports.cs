using System.Net;
using System.Net.Sockets;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Hands out loopback ports nobody listens on.</summary>
/// <remarks>
/// Taken below Linux' ephemeral range (32768–60999), so that an outgoing connection of another process cannot take
/// the port between this check and the server's bind.
/// </remarks>
public static class Ports
{
    private const int First = 20000;
    private const int Last = 32000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];
    private static readonly Random Random = new(Environment.ProcessId ^ Environment.TickCount);

    /// <summary>A loopback TCP port that was free a moment ago and was not handed out before by this process.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            for (int attempt = 0; attempt < 1000; attempt++)
            {
                int port = Random.Next(First, Last);
                if (IsFree(port) && Given.Add(port))
                    return port;
            }
        }
        throw new InvalidOperationException($"no free loopback port between {First} and {Last}");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
