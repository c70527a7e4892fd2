using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Bench.Load.Attacks;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>
/// Half requests, queues of MULTI, replies that nobody reads, subscriptions and names, each on connections of its own
/// and all at once, while one client stores sessions.
/// </summary>
internal static class HeldTrial
{
    /// <summary>What a server may keep when all of it is over.</summary>
    public const long SlackBytes = 40 << 20;

    private const int Bursts = 1000;
    private static readonly TimeSpan AttackTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts a server and measures it.</summary>
    public static HeldSample Take(ServerSpec spec, LoadOptions options)
    {
        using var server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
        server.WaitUntilReady(Family.Memcached);
        int port = server.PortFor(Family.Resp);
        using Socket user = Connect(port);
        byte[] answer = new byte[64];
        for (int i = 0; i < 5000; i++)
            Store(user, i, answer);
        user.Send(Attack.Resp(["SET", "big", new string('b', 1_000_000)]));
        user.Receive(answer);
        Thread.Sleep(300);
        long before = ProcessFiles.ResidentBytes(server.Id).Total;

        List<Socket> sockets = [];
        List<Thread> threads = [];
        foreach (byte[][] pieces in Attacks())
        {
            Socket socket = Connect(port);
            sockets.Add(socket);
            threads.Add(new Thread(() => Send(socket, pieces)) { IsBackground = true });
        }

        threads.ForEach(thread => thread.Start());
        int refused = 0;
        var watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < AttackTime && threads.Exists(thread => thread.IsAlive); i++)
            refused += Store(user, i, answer) ? 0 : 1;

        // What is blocked in a send ends by it.
        sockets.ForEach(socket => socket.Dispose());
        var back = Stopwatch.StartNew();
        while (ProcessFiles.ResidentBytes(server.Id).Total > before + SlackBytes && back.Elapsed < Patience)
            Thread.Sleep(50);
        double seconds = back.Elapsed < Patience ? back.Elapsed.TotalSeconds : double.PositiveInfinity;
        return new HeldSample(before, ProcessFiles.PeakResidentBytes(server.Id), refused, seconds);
    }

    // Each is what one connection sends, piece by piece.
    private static IEnumerable<byte[][]> Attacks()
    {
        byte[] megabyte = new byte[1 << 20];
        byte[] half = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$8000000\r\n"u8.ToArray();
        for (int i = 0; i < 3; i++)
            yield return [half, .. Enumerable.Repeat(megabyte, 7)];

        byte[] queued = Attack.Resp(["SET", "z", new string('z', 1 << 20)]);
        byte[] multi = Attack.Resp(["MULTI"]);
        foreach (int megabytes in (int[])[400, 400, 6, 6])
            yield return [multi, .. Enumerable.Repeat(queued, megabytes)];

        // A thousand connections with a queue each.
        byte[] small = Attack.Resp(["SET", "z", new string('z', 20_000)]);
        for (int i = 0; i < Bursts; i++)
            yield return [multi, .. Enumerable.Repeat(small, 50)];

        yield return [.. Enumerable.Repeat(Attack.Resp(["SETRANGE", "k", "536870911", "x"]), 20)];
        yield return [.. Enumerable.Repeat(Attack.Resp(["SETRANGE", "k", "6000000", "x"]), 20)];
        yield return [.. Enumerable.Range(0, 100_000).Select(i => Attack.Resp(["SUBSCRIBE", $"channel{i}"]))];
        yield return
            [.. Enumerable.Repeat(Attack.Resp(["CLIENT", "SETNAME", new string('n', 7_000_000)]), 3)];
        yield return [Attack.Resp(["MGET", .. Enumerable.Repeat("big", 900)])];
    }

    private static void Send(Socket socket, byte[][] pieces)
    {
        try
        {
            foreach (byte[] piece in pieces)
                socket.Send(piece);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The server closes those that hold too much, or the trial is over.
        }
    }

    private static bool Store(Socket user, int number, byte[] answer)
    {
        user.Send(Attack.Resp(["SET", $"s{number % 500:000}", new string('v', 1000), "EX", "1440"]));
        int length = user.Receive(answer);
        return Encoding.ASCII.GetString(answer, 0, length) == "+OK\r\n";
    }

    private static Socket Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
