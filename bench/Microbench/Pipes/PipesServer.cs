using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Pipelines.Sockets.Unofficial;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Transport.Sockets;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store;
using SessionGateway.Store.Segments;
using Duplex = Pipelines.Sockets.Unofficial.SocketConnection;

namespace SessionGateway.Bench.Microbench.Pipes;

/// <summary>A gateway of one loop over pipes, as a peer of <c>bench/Load</c>: <c>Microbench -- pipes PORT
/// [inline]</c>.</summary>
internal static class PipesServer
{
    // As bench/Load gives the others.
    private const long MemoryBytes = 2L << 30;

    public static int Run(string[] args)
    {
        using ItemStore store = new SegmentItemStore(MemoryBytes, seed: 7);
        var log = new TransportLog(NullLogger.Instance);
        using var loop = new EventLoop(
            0, 1, RigServices.For(store, 1), new LoopSettings(), new SocketPoller(TimeProvider.System, log),
            ProtocolTable.CreateProcessor, log);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(args[0])));
        listener.Listen(1024);
        SocketConnectionOptions options = args.Length > 1
            ? SocketConnectionOptions.InlineReads | SocketConnectionOptions.InlineWrites
            : SocketConnectionOptions.None;
        _ = AcceptAsync(listener, loop, options);
        loop.Run();
        return 0;
    }

    private static async Task AcceptAsync(Socket listener, EventLoop loop, SocketConnectionOptions options)
    {
        // Completions only post a message to the loop: no scheduler need take them.
        var pipe = new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
            useSynchronizationContext: false);
        for (long id = 1; ; id++)
        {
            Socket socket = await listener.AcceptAsync();
            Duplex.SetRecommendedServerOptions(socket);
            var transport = new PipesTransport(Duplex.Create(socket, pipe, options));
            var connection = new Connection(loop, transport, ListenerProtocol.Auto) { Id = id, IsAuthenticated = true };
            loop.Post(new LoopMessage(LoopMessageKind.Adopt, connection));
        }
    }
}
