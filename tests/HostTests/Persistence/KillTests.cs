using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;
using Xunit.Abstractions;

namespace SessionGateway.HostTests.Persistence;

/// <summary>
/// kill -9 in the middle of writes, again and again on the same directory. With <c>--fsync batch</c> nothing that was
/// acknowledged is missing; else what is missing is the end of each client's past and nothing from its middle. The
/// long run: <c>KILLS=200 dotnet test -c Release tests/HostTests --filter KillTests</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 3;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("batch")]
    [InlineData("everysec")]
    [InlineData("no")]
    public void What_was_acknowledged_is_there_after_kill_9(string fsync)
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("KILLS"), out int asked) ? asked : 4;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), out int given)
            ? given : Environment.TickCount & 0xFFFF;
        output.WriteLine($"SEED={seed}");
        var random = new Random(seed);
        KillRecorder[] clients = [.. Enumerable.Range(0, Clients).Select(i => new KillRecorder(i, seed + i))];
        int text = Ports.Next(), resp = Ports.Next();
        string[] args =
        [
            "--listen", $"127.0.0.1:{text}/memcached", "--listen", $"127.0.0.1:{resp}/resp", "--persist", "log",
            "--data-dir", _directory.File("data"), "--fsync", fsync, "--memory", "64m",
        ];
        int lost = 0;
        for (int kill = 0; kill <= kills; kill++)
        {
            using ServerProcess gateway = GatewayProgram.Start(args);
            foreach (KillRecorder client in clients)
            {
                client.Check(text, resp, isExact: fsync == "batch");
            }

            lost += clients.Sum(c => c.Lost);
            if (kill == kills)
            {
                Assert.Equal(0, gateway.Terminate(TimeSpan.FromSeconds(60)));
                break;
            }

            Thread[] threads = [.. clients.Select(c => new Thread(() => c.Run(text, resp)))];
            Array.ForEach(threads, t => t.Start());
            int enough = clients.Sum(c => c.Acknowledged) + random.Next(20, 600);
            Wait.Until(
                () => clients.Sum(c => c.Acknowledged) >= enough || threads.Any(t => !t.IsAlive), () => "writes");
            gateway.Kill();
            Array.ForEach(threads, t => t.Join());
        }

        int acknowledged = clients.Sum(c => c.Acknowledged);
        output.WriteLine($"{kills} kills, {acknowledged} acknowledged steps, {lost} lost");
        Assert.True(acknowledged > 0, "nothing was acknowledged");
    }
}
