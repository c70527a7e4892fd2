using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Transport;
using SessionGateway.Gateway.Transport.Epoll;
using SessionGateway.Gateway.Transport.Sockets;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Segments;

namespace SessionGateway.Gateway.WarmUp;

/// <summary>
/// A gateway in miniature with a store, counters and a loop of its own, whose connections are socket pairs: what it
/// executes leaves no trace in the one that serves.
/// </summary>
internal sealed class WarmServer : IDisposable
{
    private const int MaxTurns = 16;

    // As long as a real one; nobody reads it.
    private const string Version = "0.0.0";

    // --memory's least.
    private const long StoreBytes = 8 << 20;

    private readonly TransportKind _transport;
    private readonly SegmentItemStore _store;
    private readonly ConnectionAdmission _admission = new(WarmRequests.All.Count);
    private readonly EventLoop _loop;
    private readonly byte[] _answer = new byte[32 << 10];

    /// <summary>Makes it; nothing listens.</summary>
    public WarmServer(TransportKind transport, TimeProvider time, ProcessorFactory processors)
    {
        _transport = transport;
        _store = new SegmentItemStore(new SegmentStoreOptions { MemoryLimit = StoreBytes, Seed = 1 });
        var registry = new ConnectionRegistry();
        var services = new CommandServices
        {
            Store = _store,
            Limits = new CommandLimits(),
            Credentials = new Credentials([]),
            Stats = new ServerStats(1),
            Connections = registry,
            Time = time,
            Random = Random.Shared,
            StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Version = Version,
            Port = 0,
            Threads = 1,
            RequestStop = () => { },
        };
        var log = new TransportLog(NullLogger.Instance);
        var settings = new LoopSettings { Admission = _admission };
        _loop = new EventLoop(0, 1, services, settings, PollerFactory.Create(transport, time, log), processors, log);
        registry.Loops = [_loop];
    }

    /// <summary>Sends every batch on a connection of its own.</summary>
    /// <returns>The answers.</returns>
    public IReadOnlyList<byte[]> RunAll() => [.. WarmRequests.All.Select(Run)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Dispose();
        _store.Dispose();
    }

    private byte[] Run(byte[] requests)
    {
        using var pair = LocalPair.Open();
        if (pair is null)
        {
            return [];
        }

        _admission.TryEnter();
        Connection connection = Open(pair.Near);
        _loop.Adopt(connection);
        pair.Send(requests);
        byte[] answer = ReadAnswer(pair);
        connection.Close();
        return answer;
    }

    private Connection Open(int descriptor)
    {
        StreamTransport transport = _transport == TransportKind.Epoll
            ? new EpollTransport(descriptor, "")
            : new SocketTransport(
                new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)) { Blocking = false }, "");
        return new Connection(_loop, transport, ListenerProtocol.Auto)
        {
            Id = _admission.NextId(),
            IsAuthenticated = true,
        };
    }

    private byte[] ReadAnswer(LocalPair pair)
    {
        int length = 0;
        for (int turn = 0; turn < MaxTurns && (length == 0 || _loop.HasWork); turn++)
        {
            _loop.RunTurn();
            length += pair.Receive(_answer.AsSpan(length));
        }

        return _answer[..length];
    }
}
