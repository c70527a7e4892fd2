using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>
/// What a page does to a session that is there (add lock, touch, incr, rewrite, delete lock) on a server whose store
/// has refused new sessions, and in turn on one with room.
/// </summary>
internal static class FullTrial
{
    private const int SessionBytes = 20_000;

    // So many refused sessions in a row and the store is full, not only short of a segment for the moment.
    private const int RefusalsOfFull = 50;

    // The store with room has so many sessions, far from its limit.
    private const int SessionsWithRoom = 1000;

    private static readonly string Value = new('s', SessionBytes);

    /// <summary>Starts both servers and measures them page by page in turn.</summary>
    /// <returns>A sample for each kind of request on each store, and the number of sessions in the full one.</returns>
    public static (IReadOnlyList<FullSample> Samples, int Sessions) Take(ServerSpec spec, LoadOptions options)
    {
        using var roomy = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
        using var full = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
        using Socket toRoomy = Connect(roomy);
        using Socket toFull = Connect(full);
        for (int i = 0; i < SessionsWithRoom; i++)
            Ask(toRoomy, Rewrite(i));
        int sessions = Fill(toFull);
        Ask(toRoomy, "set counter 0 0 1\r\n0\r\n");
        Ask(toFull, "set counter 0 0 1\r\n0\r\n");

        (RunningServer Server, Socket Socket, int Sessions, FullSample[] Samples)[] stores =
        [
            (roomy, toRoomy, SessionsWithRoom, [.. Page(0).Select(part => new FullSample(part.Name, false))]),
            (full, toFull, sessions, [.. Page(0).Select(part => new FullSample(part.Name, true))]),
        ];
        Random random = new(1);
        bool isMeasured = false;
        var watch = Stopwatch.StartNew();
        while (!isMeasured || watch.Elapsed < TimeSpan.FromSeconds(options.Seconds))
        {
            foreach ((RunningServer server, Socket socket, int count, FullSample[] samples) in stores)
            {
                (string Name, string Bytes)[] page = Page(random.Next(count));
                for (int i = 0; i < page.Length; i++)
                    Measure(server, socket, page[i].Bytes, isMeasured ? samples[i] : new FullSample("", false));
            }

            if (!isMeasured && watch.Elapsed > TimeSpan.FromSeconds(options.Warmup))
            {
                isMeasured = true;
                watch.Restart();
            }
        }

        return ([.. stores.SelectMany(store => store.Samples)], sessions);
    }

    private static (string Name, string Bytes)[] Page(int session) =>
    [
        ("add lock", $"add lock:{session:00000} 0 30 1\r\n1\r\n"),
        ("touch", $"touch session:{session:00000} 1440\r\n"),
        ("incr", "incr counter 1\r\n"),
        ("rewrite, same length", Rewrite(session)),
        ("delete lock", $"delete lock:{session:00000}\r\n"),
    ];

    private static string Rewrite(int session) =>
        $"set session:{session:00000} 0 1440 {SessionBytes}\r\n{Value}\r\n";

    private static int Fill(Socket socket)
    {
        int stored = 0;
        for (int number = 0, refused = 0; refused < RefusalsOfFull; number++)
        {
            // Sessions that are there have the numbers from 0 on, so those that were refused are asked for again.
            bool isStored = Ask(socket, Rewrite(stored)) == "STORED\r\n";
            stored += isStored ? 1 : 0;
            refused = isStored ? 0 : refused + 1;
            if (number > 1 << 20)
                throw new LoadException("the store does not refuse sessions: it needs a limit and a policy that keeps");
        }

        return stored;
    }

    private static void Measure(RunningServer server, Socket socket, string request, FullSample sample)
    {
        long cpu = server.CpuNanoseconds();
        long start = Stopwatch.GetTimestamp();
        string answer = Ask(socket, request);
        sample.Waits.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        sample.Work.Record(server.CpuNanoseconds() - cpu);
        bool isGood = answer is "STORED\r\n" or "TOUCHED\r\n" or "DELETED\r\n" || char.IsAsciiDigit(answer[0]);
        sample.Refused += isGood ? 0 : 1;
    }

    private static string Ask(Socket socket, string request)
    {
        socket.Send(Encoding.ASCII.GetBytes(request));
        byte[] buffer = new byte[512];
        int length = socket.Receive(buffer);
        return length > 0
            ? Encoding.ASCII.GetString(buffer, 0, length)
            : throw new LoadException("the server closed the connection");
    }

    private static Socket Connect(RunningServer server)
    {
        server.WaitUntilReady(Family.Memcached);
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, server.PortFor(Family.Memcached));
        return socket;
    }
}
