using System.Net;
using System.Text;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.ServerTests.InMemory;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>A gateway with items of its own that may be a backup, with clients and primaries in memory.</summary>
internal sealed class BackupRig : IDisposable
{
    private static readonly PrimaryAddress Name = new("10.0.0.1", 6379, SpeaksMemcached: true);

    private readonly TestServer _server;

    public BackupRig(BackupRules? rules = null, params (string User, string Password)[] logins)
    {
        Forwarder = new Forwarder(isAll: false);
        _server = new TestServer(settings: new LoopSettings { Forwarder = Forwarder }, logins: logins);
        _server.Services.Backup = rules ?? new BackupRules { Mode = BackupMode.Forward };
        Forwarder.Services = _server.Services;
        Forwarder.Loops = [_server.Loop];
    }

    public Forwarder Forwarder { get; }

    public int Open => _server.Loop.ConnectionCount;

    /// <summary>Another process is the primary, and the next connection to it is the one that is returned.</summary>
    public MemoryTransport Primary(bool isGateway = false, int port = 1001, int memcachedPort = 1002)
    {
        MemoryTransport next = _server.Poller.Outward = new MemoryTransport($"10.0.0.1:{port}");
        Move(PrimaryPlace.At(new IPEndPoint(IPAddress.Loopback, port), Name, memcachedPort, isGateway));
        return next;
    }

    /// <summary>The next connection to a primary.</summary>
    public MemoryTransport Next() => _server.Poller.Outward = new MemoryTransport("10.0.0.1:1001");

    /// <summary>Another process is the primary, and was not reached yet.</summary>
    public void Await() => Move(PrimaryPlace.Awaited(Name));

    /// <summary>This one is the primary.</summary>
    public void Lead() => Move(PrimaryPlace.Here);

    public MemoryTransport Client(string sent = "")
    {
        MemoryTransport client = _server.Connect().Stream;
        return sent.Length == 0 ? client : Send(client, sent);
    }

    /// <summary>What is answered to a client.</summary>
    public string Ask(MemoryTransport client, string text) => Taken(Send(client, text));

    public MemoryTransport Send(MemoryTransport from, string text)
    {
        from.Arrive(Encoding.Latin1.GetBytes(text));
        from.Notify();
        _server.Settle();
        return from;
    }

    /// <summary>What has arrived at somebody, since the last call.</summary>
    public static string Taken(MemoryTransport at)
    {
        string text = Encoding.Latin1.GetString([.. at.Sent]);
        at.Sent.Clear();
        return text;
    }

    /// <summary>Words as a RESP request.</summary>
    public static string Resp(string words)
    {
        string[] all = words.Split(' ');
        return $"*{all.Length}\r\n{string.Concat(all.Select(word => $"${word.Length}\r\n{word}\r\n"))}";
    }

    public void Pass(TimeSpan time) => _server.Pass(time);

    public void Dispose() => _server.Dispose();

    private void Move(PrimaryPlace place)
    {
        Forwarder.Move(place);
        _server.Settle();
    }
}
