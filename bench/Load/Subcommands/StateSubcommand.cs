using System.Globalization;
using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>What clients notice of a state of all sessions that is told to the log, and how much memory it
/// takes.</summary>
internal sealed class StateSubcommand : ISubcommand
{
    private const int DefaultSessions = 1_000_000;
    private const int DefaultRounds = 3;

    public string Help => "state: p99 of gets and memory while all sessions are written to the log anew";

    public void Run(LoadOptions options)
    {
        int count = options.Sessions ?? DefaultSessions;
        int rounds = options.Rounds ?? DefaultRounds;
        var memory = new ServerMemory(Math.Max(2048, count / 400), IsLimit: false);
        ServerSpec[] servers =
            [PersistentServers.Gateway(options, memory, "everysec"), PersistentServers.Redis(memory, "everysec")];
        Report report = options.Report;
        report.Begin("Load: a state of all sessions while clients read and write", options, servers, rounds);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} sessions; 1,000 of them are read 10,000 times a second, latency from the moment a read was "
            + $"due, 5 s before and during BGREWRITEAOF. Then all are rewritten without and with a state meanwhile: "
            + $"peak of RSS, redis' with what its child copied.\n"));

        List<StateSample> samples = [];
        for (int round = 1; round <= rounds; round++)
            foreach (ServerSpec spec in servers)
            {
                StateSample sample = StateTrial.Take(spec, count, round, options);
                report.Progress($"state round {round}/{rounds} {spec.Name}: p99 {sample.Before:F0} µs before, "
                    + $"{sample.During:F0} µs during");
                samples.Add(sample);
            }

        MarkdownTable table = new(
            "server", "p99 before µs", "p99 during µs", "÷", "worst second µs", "seconds", "RSS MB", "peak MB", "÷");
        foreach (string server in samples.Select(sample => sample.Server).Distinct())
        {
            StateSample[] own = [.. samples.Where(sample => sample.Server == server)];
            table.Add(
                server,
                Spread.Of(own.Select(s => s.Before)).ShowMedian("F0"),
                Spread.Of(own.Select(s => s.During)).ShowMedian("F0"),
                Spread.Of(own.Select(s => s.During / s.Before)).Show("F2"),
                Spread.Of(own.Select(s => s.Worst)).ShowMedian("F0"),
                Spread.Of(own.Select(s => (double)s.Seconds)).ShowMedian("F0"),
                Spread.Of(own.Select(s => s.ResidentBytes / 1048576.0)).ShowMedian("F0"),
                Spread.Of(own.Select(s => s.PeakBytes / 1048576.0)).ShowMedian("F0"),
                Spread.Of(own.Select(s => (double)s.PeakBytes / s.ResidentBytes)).Show("F2"));
        }

        report.WriteLine(table.ToString());
        report.Keep("state", samples);
        report.End(options);
    }
}
