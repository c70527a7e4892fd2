using System.Text;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Logging;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Segments;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>Loops behind one listener, whose turns a test gives: connections are dealt out to them in turn, the second
/// loop's first.</summary>
internal sealed class IntakeRig : IDisposable
{
    private readonly SegmentItemStore _store = new(64 << 20, seed: 1);
    private readonly ConnectionAdmission _admission;
    private readonly ConnectionIntake _intake;
    private readonly ServerStats _stats;
    private int _accepted;

    public IntakeRig(int loops, int maxConnections, int strangerPlaces)
    {
        _admission = new ConnectionAdmission(maxConnections);
        var registry = new ConnectionRegistry();
        var services = new CommandServices
        {
            Store = _store,
            Limits = new CommandLimits(),
            Credentials = new Credentials([("u", "p")]),
            Stats = _stats = new ServerStats(loops),
            Connections = registry,
            Time = Clock,
            Random = new Random(1),
            StartedAt = 0,
            Version = "0.0.0",
            Port = 11211,
            Threads = loops,
            RequestStop = () => { },
        };
        var settings = new LoopSettings
        {
            Admission = _admission,
            Strangers = new StrangerAccount(strangerPlaces, 1 << 20, _admission),
        };
        var log = new TransportLog(new LineRecorder());
        Loops =
            [.. Enumerable.Range(0, loops).Select(n => new EventLoop(
                n, loops, services, settings, new MemoryPoller(), ProtocolTable.CreateProcessor, log))];
        registry.Loops = Loops;
        _intake = new ConnectionIntake(Loops, _admission, log);
    }

    public FakeClock Clock { get; } = new();

    public EventLoop[] Loops { get; }

    public int Open => _admission.Open;

    public bool MayAccept => _intake.MayAccept;

    public long Rejected => _stats.Sum(s => s.Rejected);

    /// <summary>A newcomer, as a listener brings it. Its loop has to take it over.</summary>
    public MemoryTransport Accept()
    {
        var transport = new MemoryTransport($"127.0.0.1:{40_000 + ++_accepted}");
        _intake.Accept(transport, ListenerProtocol.Resp);
        return transport;
    }

    /// <summary>Runs all loops until none has anything to do.</summary>
    public void Settle()
    {
        do
        {
            Array.ForEach(Loops, loop => loop.RunTurn());
        }
        while (Loops.Any(loop => loop.HasWork));
    }

    /// <summary>A login is sent, and the loop has not heard of it.</summary>
    public static void SendLogin(MemoryTransport transport) =>
        transport.Arrive("*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$1\r\np\r\n"u8.ToArray());

    /// <summary>A login arrives; it is executed in the loop's turn.</summary>
    public static void PostLogin(MemoryTransport transport)
    {
        SendLogin(transport);
        transport.Notify();
    }

    /// <summary>A newcomer who logs in.</summary>
    public MemoryTransport LogIn()
    {
        MemoryTransport user = Accept();
        PostLogin(user);
        Settle();
        return user;
    }

    public static string Text(MemoryTransport transport) => Encoding.Latin1.GetString([.. transport.Sent]);

    public void Dispose()
    {
        Array.ForEach(Loops, loop => loop.Dispose());
        _store.Dispose();
    }
}
