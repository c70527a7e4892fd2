using System.Globalization;
using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>How long a server that has sessions on the disk takes until it serves them again.</summary>
internal sealed class RestartSubcommand : ISubcommand
{
    private const int DefaultSessions = 1_000_000;
    private const int DefaultRounds = 3;
    private const string Dump = "redis RDB";

    public string Help => "restart: sessions written, server stopped and started: seconds, CPU, memory until it serves";

    public void Run(LoadOptions options)
    {
        int count = options.Sessions ?? DefaultSessions;
        int rounds = options.Rounds ?? DefaultRounds;
        var memory = new ServerMemory(Math.Max(2048, count / 400), IsLimit: false);
        ServerSpec[] servers =
        [
            .. new[]
            {
                PersistentServers.Gateway(options, memory, "everysec"),
                PersistentServers.Redis(memory, null) with { Name = Dump },
                PersistentServers.Redis(memory, "everysec") with { Name = "redis AOF" },
            }.Where(s => options.Only.Count == 0
                || options.Only.Any(o => s.Name.StartsWith(o, StringComparison.Ordinal))),
        ];
        foreach (ServerSpec server in servers)
            server.EnsureInstalled();
        Report report = options.Report;
        report.Begin("Load: restart with sessions on the disk", options, servers, rounds);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} sessions (keys of 40 B, values lognormal, mean 1,200 B) are written over RESP, the server is "
            + $"stopped in order and started on both cores; measured from the start of the process until a get was "
            + $"answered. The files are in the page cache. Afterwards every session is read and compared.\n"));

        List<RestartSample> samples = [];
        for (int round = 1; round <= rounds; round++)
            foreach (ServerSpec spec in servers)
            {
                RestartSample sample = RestartTrial.Take(spec, spec.Name == Dump, count, round, options);
                report.Progress($"restart round {round}/{rounds} {spec.Name}: {sample.Seconds:F2} s, "
                    + $"{sample.CpuSeconds:F2} s of CPU");
                samples.Add(sample);
            }

        MarkdownTable table = new("server", "seconds", "CPU s", "files MB", "RSS MB", "peak MB", "RSS before MB");
        foreach (ServerSpec spec in servers)
        {
            RestartSample[] own = [.. samples.Where(sample => sample.Server == spec.Name)];
            table.Add(
                spec.Name,
                Spread.Of(own.Select(sample => sample.Seconds)).Show("F2"),
                Spread.Of(own.Select(sample => sample.CpuSeconds)).Show("F2"),
                Megabytes(own, sample => sample.FileBytes),
                Megabytes(own, sample => sample.ResidentBytes),
                Megabytes(own, sample => sample.PeakBytes),
                Megabytes(own, sample => sample.FilledBytes));
        }

        report.WriteLine(table.ToString());
        report.Keep("restart", samples);
        report.End(options);
    }

    private static string Megabytes(IEnumerable<RestartSample> samples, Func<RestartSample, long> bytes) =>
        Spread.Of(samples.Select(sample => bytes(sample) / 1048576.0)).ShowMedian("F0");
}
