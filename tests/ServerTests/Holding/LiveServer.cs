using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>A gateway with real sockets and two loops in this process.</summary>
internal sealed class LiveServer : IDisposable
{
    private readonly int _port;
    private WritesWait? _writes;

    public LiveServer(TransportKind transport, bool holds, ListenerProtocol protocol = ListenerProtocol.Auto)
    {
        var options = new GatewayOptions
        {
            Listen = [ListenAddress.Tcp(new IPEndPoint(IPAddress.Loopback, 0), protocol)],
            Transport = transport,
            Threads = 2,
            MemoryBytes = 64 << 20,
        };
        Runtime = ServerRuntime.Start(
            options, TimeProvider.System, NullLoggerFactory.Instance, () => { }, holds ? Holder : null);
        string address = Runtime.Listeners[0].Address;
        _port = int.Parse(address[(address.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public ServerRuntime Runtime { get; }

    public ReplyGate Gate { get; private set; } = null!;

    /// <summary>Everything that was written so far is safe.</summary>
    public void ReachAll() => Gate.Reach(_writes!.Position);

    public LiveClient Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = 60_000,
            NoDelay = true,
        };
        socket.Connect(IPAddress.Loopback, _port);
        return new LiveClient(socket);
    }

    /// <summary>Waits for something that must come true.</summary>
    public static void Until(Func<bool> condition)
    {
        long deadline = Environment.TickCount64 + 60_000;
        while (!condition() && Environment.TickCount64 < deadline)
        {
            Thread.Yield();
        }

        Assert.True(condition());
    }

    public void Dispose() => Runtime.Dispose();

    private WritesWait Holder(ReplyGate gate)
    {
        Gate = gate;
        return _writes = new WritesWait(gate);
    }
}
