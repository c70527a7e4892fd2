using System.Net;
using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.ServerTests.InMemory;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>A loop that forwards everything, with clients and primaries in memory.</summary>
internal sealed class SpliceRig : IDisposable
{
    public static readonly EndPoint First = new IPEndPoint(IPAddress.Loopback, 1001);
    public static readonly EndPoint Second = new IPEndPoint(IPAddress.Loopback, 1002);

    private readonly TestServer _server;

    public SpliceRig()
    {
        Forwarder = new Forwarder(isAll: true);
        _server = new TestServer(settings: new LoopSettings { Forwarder = Forwarder });
        Forwarder.Loops = [_server.Loop];
    }

    public Forwarder Forwarder { get; }

    public FakeClock Clock => _server.Clock;

    public int Open => _server.Loop.ConnectionCount;

    /// <summary>The primary is at an address, and the next connection to it is the one that is returned.</summary>
    public MemoryTransport Primary(EndPoint address)
    {
        MemoryTransport next = Expect();
        Forwarder.Move(PrimaryPlace.At(address));
        Settle();
        return next;
    }

    /// <summary>The next connection to a primary.</summary>
    public MemoryTransport Expect() => _server.Poller.Outward = new MemoryTransport("127.0.0.1:1001");

    /// <summary>Nobody can be connected to.</summary>
    public void Refuse() => _server.Poller.Outward = null;

    /// <summary>A client that has sent nothing.</summary>
    public MemoryTransport Client() => _server.Connect().Stream;

    /// <summary>A client that has sent something.</summary>
    public MemoryTransport Client(string sent)
    {
        MemoryTransport client = Client();
        Send(client, sent);
        return client;
    }

    /// <summary>Somebody sends.</summary>
    public void Send(MemoryTransport from, string text)
    {
        from.Arrive(Encoding.Latin1.GetBytes(text));
        from.Notify();
        Settle();
    }

    /// <summary>Somebody sends no more.</summary>
    public void HalfClose(MemoryTransport from)
    {
        from.IsHalfClosed = true;
        from.Notify();
        Settle();
    }

    /// <summary>What has arrived at somebody, since the last call.</summary>
    public static string Taken(MemoryTransport at)
    {
        string text = Encoding.Latin1.GetString([.. at.Sent]);
        at.Sent.Clear();
        return text;
    }

    public void Move(PrimaryPlace place)
    {
        Forwarder.Move(place);
        Settle();
    }

    public void Pass(TimeSpan time) => _server.Pass(time);

    public void Settle() => _server.Settle();

    public void Drain()
    {
        _server.Loop.Post(new LoopMessage(LoopMessageKind.Drain));
        _server.Loop.RunTurn();
        _server.Loop.RunTurn();
    }

    public void Dispose() => _server.Dispose();
}
