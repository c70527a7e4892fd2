using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>What a full store, which refuses new sessions, costs those who are in it.</summary>
internal sealed class FullSubcommand : ISubcommand
{
    private const int LimitMegabytes = 64;

    public string Help => "full: small writes on a full store beside the same on one with room";

    public void Run(LoadOptions options)
    {
        // Peers that evict are never full: only the gateway, and what --peer starts with a policy that keeps.
        options.Only = options.Only.Count == 0 ? [ServerList.GatewayName] : options.Only;
        IReadOnlyList<ServerSpec> servers = ServerList.From(options, new ServerMemory(LimitMegabytes, IsLimit: true));
        Report report = options.Report;
        report.Begin("Load: small writes on a full store", options, servers, 1);
        foreach (ServerSpec spec in servers.Where(server => server.Speaks(Family.Memcached)))
        {
            report.Progress($"full: {spec.Name}");
            (IReadOnlyList<FullSample> samples, int sessions) = FullTrial.Take(spec, options);
            MarkdownTable table = new($"{spec.Name}, {LimitMegabytes} MB", "store", "requests", "p50 µs", "p99 µs",
                "CPU p50 µs", "CPU p99 µs", "CPU p99.9 µs", "refused");
            foreach (IGrouping<string, FullSample> pair in samples.GroupBy(sample => sample.Request))
                foreach (FullSample sample in pair)
                    table.Add(
                        sample.Request, sample.IsFull ? $"full, {sessions} sessions of 20 KB" : "with room",
                        $"{sample.Waits.Count}",
                        $"{sample.Waits.Microseconds(0.5):F0}", $"{sample.Waits.Microseconds(0.99):F0}",
                        $"{sample.Work.Microseconds(0.5):F0}", $"{sample.Work.Microseconds(0.99):F0}",
                        $"{sample.Work.Microseconds(0.999):F0}", $"{sample.Refused}");
            report.WriteLine(table.ToString());
        }

        report.End(options);
    }
}
