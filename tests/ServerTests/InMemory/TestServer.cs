using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Segments;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The whole gateway but the sockets, on the test's thread, with a clock of its own.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly ConnectionRegistry _registry = new();
    private long _lastId;

    public TestServer(
        CommandLimits? limits = null, LoopSettings? settings = null, params (string User, string Password)[] logins)
        : this(new SegmentStoreOptions { MemoryLimit = 256 << 20, Seed = 1 }, limits, settings, logins)
    {
    }

    public TestServer(
        SegmentStoreOptions store, CommandLimits? limits = null, LoopSettings? settings = null,
        params (string User, string Password)[] logins)
    {
        Store = new SegmentItemStore(store);
        Services = new CommandServices
        {
            Store = Store,
            Limits = limits ?? new CommandLimits(),
            Credentials = new Credentials(logins),
            Stats = new ServerStats(1),
            Connections = _registry,
            Time = Clock,
            Random = new Random(1),
            StartedAt = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Version = "0.0.0",
            Port = 11211,
            Threads = 1,
            RequestStop = () => StopRequested = true,
        };
        Loop = new MemoryLoop(Services, settings ?? new LoopSettings(), new TransportLog(NullLogger.Instance));
        _registry.Loops = [Loop];
        Loop.RunTurn();
    }

    public FakeClock Clock { get; } = new();

    public SegmentItemStore Store { get; }

    public CommandServices Services { get; }

    public MemoryLoop Loop { get; }

    public bool StopRequested { get; private set; }

    /// <summary>A new connection.</summary>
    public TestClient Connect(ListenerProtocol listener = ListenerProtocol.Auto)
    {
        var connection = new MemoryConnection(Loop, listener)
        {
            Id = ++_lastId,
            ConnectedAt = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            IsAuthenticated = !Services.Credentials.AreRequired,
        };
        Loop.Adopt(connection);
        return new TestClient(this, connection);
    }

    /// <summary>The transport noticed something on a connection.</summary>
    public void Notify(MemoryConnection connection)
    {
        connection.OnReadable();
        Loop.Enqueue(connection);
    }

    /// <summary>Runs turns until the loop has nothing to do.</summary>
    public void Settle()
    {
        do
        {
            Loop.RunTurn();
        }
        while (Loop.HasWork);
    }

    /// <summary>Lets time pass and the loop run.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Settle();
    }

    public void Dispose()
    {
        Loop.Dispose();
        Store.Dispose();
    }
}
