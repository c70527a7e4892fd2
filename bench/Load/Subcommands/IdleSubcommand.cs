using System.Globalization;
using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>What a connection costs that asked something once and now only stays open.</summary>
internal sealed class IdleSubcommand : ISubcommand
{
    private const int DefaultRounds = 3;
    private const int DefaultConnections = 10_000;
    private const int DefaultValueBytes = 1024;
    private const int DefaultKeys = 1_000; // few: the store must not grow between the two readings
    private const int RequestsPerConnection = 4;
    private const int WarmConnections = 50;

    public string Help => "idle: resident bytes per idle connection";

    public void Run(LoadOptions options)
    {
        IReadOnlyList<ServerSpec> servers = ServerList.From(options);
        int rounds = options.Rounds ?? DefaultRounds;
        int connections = options.Connections ?? DefaultConnections;
        int valueBytes = options.ValueBytes ?? DefaultValueBytes;
        Report report = options.Report;
        report.Begin("Load: idle connections", options, servers, rounds);
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{connections:N0} connections, {RequestsPerConnection} requests each (get/set 50:50, values "
            + $"{valueBytes:N0} B), then {options.Settle} s of rest. Before them {options.Warmup} s of load on "
            + $"{WarmConnections} connections, so that only connections are counted.\n"));

        List<IdleSample> samples = [];
        for (int round = 1; round <= rounds; round++)
            foreach (ServerSpec spec in servers)
                foreach (WireKind wire in (WireKind[])[WireKind.Text, WireKind.Resp])
                    if (spec.Speaks(wire == WireKind.Resp ? Family.Resp : Family.Memcached))
                        samples.Add(Take(spec, wire, options, round));

        WriteTable(report, samples);
        report.Keep("idle", samples);
        report.End(options);
    }

    private static void WriteTable(Report report, List<IdleSample> samples)
    {
        MarkdownTable table = new(
            "server, protocol", "bytes per idle connection", "right after the requests", "RSS before MB",
            "RSS with them MB", "RSS after closing them MB");
        foreach (IGrouping<string, IdleSample> group in
            samples.GroupBy(sample => $"{sample.Server}, {sample.Protocol}"))
            table.Add(
                group.Key,
                Spread.Of(group.Select(sample => sample.BytesPerConnection)).Show("F0"),
                Spread.Of(group.Select(sample => sample.BytesPerConnectionAtOnce)).ShowMedian("F0"),
                Spread.Of(group.Select(sample => sample.ResidentBefore / 1048576.0)).ShowMedian("F1"),
                Spread.Of(group.Select(sample => sample.ResidentOpen / 1048576.0)).ShowMedian("F1"),
                Spread.Of(group.Select(sample => sample.ResidentClosed / 1048576.0)).ShowMedian("F1"));
        report.WriteLine(table.ToString());
    }

    internal static IdleSample Take(ServerSpec spec, WireKind wire, LoadOptions options, int round)
    {
        int connections = options.Connections ?? DefaultConnections;
        OpenFiles.Ensure(connections + 1000);
        Dataset data = new(options.Keys ?? DefaultKeys, options.ValueBytes ?? DefaultValueBytes);
        Family family = wire == WireKind.Resp ? Family.Resp : Family.Memcached;
        using var server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
        try
        {
            server.WaitUntilReady(family);
            int port = server.PortFor(family);
            Preload.Run(wire, data, port);
            using (IDriver warm = DriverFactory.Steady(wire, data, port, WarmConnections, 1))
                warm.Run(new MixSource(50, data.Count, 1), TimeSpan.FromSeconds(options.Warmup), new());
            long before = RestAndRead(server, options);

            long atOnce;
            long open;
            using (IDriver idle = DriverFactory.Steady(wire, data, port, connections, 1))
            {
                LatencyHistogram counted = new();
                MixSource few = new(50, data.Count, 2, connections, RequestsPerConnection);
                idle.Run(few, TimeSpan.FromMinutes(2), counted);
                if (counted.Count != (long)connections * RequestsPerConnection)
                    throw new LoadException($"{counted.Count} requests were answered in time, too few");
                atOnce = ProcessFiles.ResidentBytes(server.Id).Total;
                open = RestAndRead(server, options);
            }

            long closed = RestAndRead(server, options);
            IdleSample sample = new(spec.Name, wire.ToString(), round, connections, before, atOnce, open, closed);
            options.Report.Progress(
                $"idle round {round} {spec.Name} {wire}: {sample.BytesPerConnection:F0} B per connection");
            return sample;
        }
        catch (LoadException failure)
        {
            throw new LoadException(
                $"{spec.Name}, idle over {wire}: {failure.Message}; the server said: {server.Output()}");
        }
    }

    private static long RestAndRead(RunningServer server, LoadOptions options)
    {
        Thread.Sleep(TimeSpan.FromSeconds(options.Settle));
        return ProcessFiles.ResidentBytes(server.Id).Total;
    }

    internal sealed record IdleSample(
        string Server,
        string Protocol,
        int Round,
        int Connections,
        long ResidentBefore,
        long ResidentAtOnce,
        long ResidentOpen,
        long ResidentClosed)
    {
        public double BytesPerConnection => (ResidentOpen - ResidentBefore) / (double)Connections;

        public double BytesPerConnectionAtOnce => (ResidentAtOnce - ResidentBefore) / (double)Connections;
    }
}
