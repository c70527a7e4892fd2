using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>A loop with real sockets, which the test runs turn by turn on its own thread, with a clock of its
/// own.</summary>
internal sealed class LinkRig : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SegmentItemStore _store = new(8 << 20, seed: 1);

    // Whom nothing happens to: a message about it only keeps the loop from waiting.
    private readonly Connection _nobody;

    public LinkRig(TransportKind kind)
    {
        var registry = new ConnectionRegistry();
        var services = new CommandServices
        {
            Store = _store,
            Limits = new CommandLimits(),
            Credentials = new Credentials([]),
            Stats = new ServerStats(1),
            Connections = registry,
            Time = Clock,
            Random = new Random(1),
            StartedAt = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Version = "0.0.0",
            Port = 0,
            Threads = 1,
            RequestStop = () => { },
        };
        var log = new TransportLog(NullLogger.Instance);
        Loop = new EventLoop(
            0, 1, services, new LoopSettings(), PollerFactory.Create(kind, Clock, log),
            ProtocolTable.CreateProcessor, log);
        registry.Loops = [Loop];
        _nobody = new Connection(Loop, new MemoryTransport("127.0.0.1:1"), ListenerProtocol.Auto);
    }

    public FakeClock Clock { get; } = new();

    public EventLoop Loop { get; }

    /// <summary>Bytes that the loop counted for what it holds.</summary>
    public long CountedBytes => _store.UsedBytes;

    /// <summary>Listens on a port of loopback.</summary>
    public static Socket Listen(int backlog = 16)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    /// <summary>Opens a link.</summary>
    public OutboundLink Connect(
        EndPoint address, ILinkOwner owner, LinkLimits? limits = null, INameLookup? names = null)
    {
        var link = new OutboundLink(Loop, address, owner, limits, names);
        link.Start();
        return link;
    }

    /// <summary>Runs the loop until something is so.</summary>
    public void RunUntil(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(waited.Elapsed < Patience, "it did not happen");
            RunTurn();
        }
    }

    /// <summary>A turn that does not wait: the test is the peer, too.</summary>
    public void RunTurn()
    {
        Loop.Post(new LoopMessage(LoopMessageKind.MakeRoom, _nobody));
        Loop.RunTurn();
    }

    public void Dispose()
    {
        Loop.Dispose();
        _store.Dispose();
    }
}
