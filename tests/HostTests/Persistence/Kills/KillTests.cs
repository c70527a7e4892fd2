using System.Diagnostics;
using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;
using Xunit.Abstractions;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>
/// kill -9 in the middle of writes, of a state, of a change of segments, of their removal and of recovery itself, again
/// and again on the same directory. With <c>--fsync batch</c> nothing that was acknowledged is missing; else what is
/// missing is the end of each client's past, and nothing from its middle: its age is printed. The long run:
/// <c>KILLS=200 dotnet test -c Release tests/HostTests --filter KillTests</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 3;

    // They bring several segments of the shortest length that there is, and a state is a small part of one.
    private const int ManySteps = 10_000;

    private static readonly KillPoint[] Points = Enum.GetValues<KillPoint>();

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();
    private readonly int[] _kills = new int[Points.Length];
    private ServerProcess? _gateway;

    private string Data => _directory.File("data");

    public void Dispose()
    {
        _gateway?.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("everysec")]
    [InlineData("no")]
    public void What_was_acknowledged_is_there_after_kill_9(string fsync)
    {
        bool isLong = int.TryParse(Environment.GetEnvironmentVariable("KILLS"), out int kills);
        kills = isLong ? kills : Points.Length;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out int given)
            ? given : Environment.TickCount & 0xFFFF;
        output.WriteLine($"SEED={seed}");
        var random = new Random(seed);
        KillRecorder[] clients =
            [.. Enumerable.Range(0, Clients).Select(i => new KillRecorder(i, seed + i, i == 0 ? 60_000 : 3000))];
        string[] args =
        [
            "--listen", $"127.0.0.1:{_port}", "--persist", "log", "--data-dir", Data, "--fsync", fsync, "--memory",
            "64m", "--log-segment", "1m",
        ];
        int first = random.Next(Points.Length);
        long killedAt = 0, writtenAt = 0;
        for (int kill = 0; kill <= kills; kill++)
        {
            _gateway = GatewayProgram.Start(args);
            foreach (KillRecorder client in clients)
            {
                client.Check(_port, killedAt, fsync == "batch" ? long.MaxValue : writtenAt);
            }

            if (kill == kills)
            {
                Assert.Equal(0, _gateway.Terminate(Wait.Patience));
                break;
            }

            KillPoint point = Points[isLong ? random.Next(Points.Length) : (first + kill) % Points.Length];
            Thread[] threads = [.. clients.Select(c => new Thread(() => c.Run(_port)))];
            var watch = new WrittenWatch(_port);
            var watcher = new Thread(watch.Run);
            Array.ForEach([.. threads, watcher], t => t.Start());
            WaitFor(clients, random.Next(20, 600), threads);
            Approach(point, random, clients, threads);
            killedAt = Environment.TickCount64;
            _gateway.Kill();
            Array.ForEach([.. threads, watcher], t => t.Join());
            watch.Check();
            writtenAt = watch.WrittenAt;
            _gateway.Dispose();
            _kills[(int)point]++;
            for (int i = point == KillPoint.Recovery ? random.Next(1, 4) : 0; i > 0; i--)
            {
                KillWhileReading(args, random);
            }
        }

        int acknowledged = clients.Sum(c => c.Acknowledged);
        output.WriteLine($"{fsync}: {kills} kills ({string.Join(", ", Points.Select(p => $"{_kills[(int)p]} {p}"))}), "
            + $"{acknowledged} acknowledged steps, {clients.Sum(c => c.Groups)} of them groups, "
            + $"{clients.Sum(c => c.Lost)} lost, the oldest {clients.Max(c => c.OldestLost)} ms before its kill");
        Assert.True(acknowledged > 0, "nothing was acknowledged");
    }

    // Returns in the middle of it, as near as another process can tell.
    private void Approach(KillPoint point, Random random, KillRecorder[] clients, Thread[] threads)
    {
        if (point is KillPoint.State or KillPoint.Removal)
        {
            using var asker = new Asker(_port);
            long oldest = Sequences().Min();
            asker.SendResp(Asker.Request("BGREWRITEAOF"));
            if (point == KillPoint.State)
            {
                WaitFor(clients, random.Next(40), threads);
                return;
            }

            Watch(() => Sequences().Min() > oldest, clients, threads);
        }
        else if (point == KillPoint.NextSegment)
        {
            long newest = Sequences().Max();
            Watch(() => Sequences().Max() > newest, clients, threads);
        }
    }

    private void KillWhileReading(string[] args, Random random)
    {
        string data = Path.Combine(Data, "lock");
        using var gateway = ServerProcess.Start(GatewayProgram.Dotnet, [Repository.GatewayDll, .. args]);
        string files = $"/proc/{gateway.Id}/fd";
        Wait.Until(() => gateway.HasExited || Targets(files).Contains(data), () => $"the lock; {gateway.Output}");
        Thread.Sleep(random.Next(40));
        gateway.Kill();
        Assert.True(gateway.ExitCode is 137 or null, $"ended by itself: {gateway.Output}");
    }

    private static List<string?> Targets(string files)
    {
        try
        {
            return [.. Directory.GetFiles(files).Select(f => new FileInfo(f).LinkTarget)];
        }
        catch (IOException)
        {
            // One was closed meanwhile.
            return [];
        }
    }

    private List<long> Sequences() => [.. Directory.GetFiles(Data, "*.log")
        .Select(f => long.Parse(Path.GetFileNameWithoutExtension(f)))];

    private static void WaitFor(KillRecorder[] clients, int steps, Thread[] threads)
    {
        int enough = clients.Sum(c => c.Acknowledged) + steps;
        Wait.Until(() => clients.Sum(c => c.Acknowledged) >= enough || threads.Any(t => !t.IsAlive), () => "writes");
    }

    // Closer than the steps of a wait. How fast the clients write is up to the machine: it is given up when they stand
    // still, or have long written what brings it about.
    private void Watch(Func<bool> condition, KillRecorder[] clients, Thread[] threads)
    {
        int began = clients.Sum(c => c.Acknowledged), last = began;
        var all = Stopwatch.StartNew();
        var still = Stopwatch.StartNew();
        while (!condition() && threads.All(t => t.IsAlive))
        {
            int steps = clients.Sum(c => c.Acknowledged);
            if (steps > last)
            {
                still.Restart();
                last = steps;
            }

            if (still.Elapsed > Wait.Patience)
            {
                Assert.Fail($"nobody is answered: {Files()}; {_gateway!.Output}");
            }

            if (all.Elapsed > Wait.Patience && steps - began > ManySteps)
            {
                using var asker = new Asker(_port);
                Assert.Fail($"it does not happen in {steps - began} steps: {Files()}; {asker.Info("persistence")}; "
                    + _gateway!.Output);
            }

            Thread.Sleep(0);
        }
    }

    private string Files() => string.Join(", ", Directory.GetFiles(Data).Order(StringComparer.Ordinal)
        .Select(f => Path.GetFileName(f)));
}
