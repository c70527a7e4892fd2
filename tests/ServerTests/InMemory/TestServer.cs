using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Hosting.Features;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store;
using SessionGateway.Store.Segments;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The whole gateway but the sockets, on the test's thread, with a clock of its own.</summary>
internal sealed class TestServer : IDisposable
{
    /// <summary>Connections that may be open without having logged in.</summary>
    public const int StrangerPlaces = 100;

    /// <summary>Bytes that they may hold.</summary>
    public const int StrangerBytes = 256 << 10;

    private readonly ConnectionRegistry _registry = new();
    private readonly FeatureSet _features = new([new StoreFeature()], NullLoggerFactory.Instance);
    private long _lastId;

    public TestServer(
        CommandLimits? limits = null, LoopSettings? settings = null, params (string User, string Password)[] logins)
        : this(new SegmentStoreOptions { MemoryLimit = 256 << 20, Seed = 1 }, limits, settings, logins)
    {
    }

    public TestServer(
        SegmentStoreOptions store, CommandLimits? limits = null, LoopSettings? settings = null,
        params (string User, string Password)[] logins)
        : this(new SegmentItemStore(store), items => items, limits, settings, logins)
    {
    }

    public TestServer(
        SegmentItemStore store, Func<SegmentItemStore, ItemStore> wrap, CommandLimits? limits = null,
        LoopSettings? settings = null, params (string User, string Password)[] logins)
    {
        Store = store;
        Services = new CommandServices
        {
            Store = wrap(Store),
            Limits = limits ?? new CommandLimits(),
            Credentials = new Credentials(logins),
            Logins = Logins = new LoginWatch(new LoginLog(LoginLines)),
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
        settings = (settings ?? new LoopSettings()) with
        {
            Strangers = new StrangerAccount(StrangerPlaces, StrangerBytes, null),
            Clients = new ClientMemory(Services.Limits.AllClientsBytes, Store, _registry),
        };
        Loop = new EventLoop(
            0, 1, Services, settings, Poller, ProtocolTable.CreateProcessor, new TransportLog(TransportLines));
        _registry.Loops = [Loop];
        _features.Start(GatewayOptions.Default, Services, [Loop]);
        Loop.RunTurn();
    }

    public FakeClock Clock { get; } = new();

    public SegmentItemStore Store { get; }

    public CommandServices Services { get; }

    /// <summary>What the loop waits with.</summary>
    public MemoryPoller Poller { get; } = new();

    public EventLoop Loop { get; }

    /// <summary>Failed logins.</summary>
    public LoginWatch Logins { get; }

    /// <summary>What is logged about logins.</summary>
    public LineRecorder LoginLines { get; } = new();

    /// <summary>What is logged about connections.</summary>
    public LineRecorder TransportLines { get; } = new();

    public bool StopRequested { get; private set; }

    /// <summary>A new connection.</summary>
    public TestClient Connect(ListenerProtocol listener = ListenerProtocol.Auto)
    {
        long id = ++_lastId;
        var connection = new Connection(Loop, new MemoryTransport($"127.0.0.1:{40_000 + id}"), listener)
        {
            Id = id,
            ConnectedAt = Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            IsAuthenticated = !Services.Credentials.AreRequired,
        };
        if (!connection.IsAuthenticated)
        {
            Loop.Strangers.Account.Queue.TryAdmit(connection);
        }

        Loop.Adopt(connection);
        return new TestClient(this, connection);
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
        // As a loop that stops does: a connection may own a script that runs.
        var connections = new List<Connection>();
        Loop.CopyConnectionsTo(connections);
        connections.ForEach(connection => connection.Close());
        _features.Dispose();
        Loop.Dispose();
        Store.Dispose();
    }
}
