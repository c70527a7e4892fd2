using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>Time from the start of the process to its first right answer, and its memory when idle.</summary>
internal sealed class StartSubcommand : ISubcommand
{
    private const int DefaultRounds = 10;

    public string Help => "start: time until the first correct answer, idle memory";

    public void Run(LoadOptions options)
    {
        IReadOnlyList<ServerSpec> servers = ServerList.From(options);
        int rounds = options.Rounds ?? DefaultRounds;
        Report report = options.Report;
        report.Begin("Load: start", options, servers, rounds);
        report.WriteLine($"From process start until a get was answered, polled every 0.2 ms; memory {options.Settle} s "
            + "later. One start before the first round is not counted: it brings the files into the page cache.\n");

        List<StartSample> samples = [];
        for (int round = 0; round <= rounds; round++)
            foreach (ServerSpec spec in servers)
            {
                StartSample sample = Start(spec, options, round);
                report.Progress($"start round {round}/{rounds} {spec.Name}: {sample.ReadyMilliseconds:F1} ms, "
                    + $"{sample.ResidentBytes / 1048576.0:F1} MB");
                if (round > 0)
                    samples.Add(sample);
            }

        MarkdownTable table = new("server", "ready ms", "RSS MB", "anonymous MB");
        foreach (ServerSpec spec in servers)
        {
            StartSample[] own = [.. samples.Where(sample => sample.Server == spec.Name)];
            table.Add(
                spec.Name,
                Spread.Of(own.Select(sample => sample.ReadyMilliseconds)).Show("F1"),
                Spread.Of(own.Select(sample => sample.ResidentBytes / 1048576.0)).Show("F1"),
                Spread.Of(own.Select(sample => sample.AnonymousBytes / 1048576.0)).ShowMedian("F1"));
        }

        report.WriteLine(table.ToString());
        report.Keep("start", samples);
        report.End(options);
    }

    internal static StartSample Start(ServerSpec spec, LoadOptions options, int round)
    {
        using var server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
        Family family = spec.Speaks(Family.Memcached) ? Family.Memcached : Family.Resp;
        double ready = server.WaitUntilReady(family).TotalMilliseconds;
        double cpu = server.CpuNanoseconds() / 1e6;
        // The uncounted round need not wait for a memory reading.
        Thread.Sleep(round == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(options.Settle));
        (long total, long anonymous) = ProcessFiles.ResidentBytes(server.Id);
        return new StartSample(spec.Name, round, ready, cpu, total, anonymous);
    }

    internal sealed record StartSample(
        string Server, int Round, double ReadyMilliseconds, double CpuMilliseconds, long ResidentBytes,
        long AnonymousBytes);
}
