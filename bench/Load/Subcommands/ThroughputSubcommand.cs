using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>Workloads against all servers in interleaved rounds.</summary>
internal sealed class ThroughputSubcommand : ISubcommand
{
    private const int DefaultRounds = 5;

    public string Help => "WORKLOAD… | all | everything: ops/s, latency, server CPU per operation, memory, ratios";

    public void Run(LoadOptions options)
    {
        IReadOnlyList<Workload> workloads = WorkloadTable.Named(options.Names, options);
        IReadOnlyList<ServerSpec> servers = ServerList.From(options);
        int rounds = options.Rounds ?? DefaultRounds;
        OpenFiles.Ensure(workloads.Max(workload => workload.Connections) + 1000);
        Report report = options.Report;
        report.Begin("Load: throughput, latency, CPU per operation", options, servers, rounds);
        report.WriteLine(
            $"Per round and server: fresh process, all keys set, {options.Warmup} s warm-up under the same load, "
                + $"0.5 s rest, {options.Seconds} × 1 s measured in turn with the others. Median over rounds "
                + $"[lowest–highest].\n");

        List<WorkloadResult> results = [];
        foreach (Workload workload in workloads)
        {
            ServerSpec[] able = [.. servers.Where(server => server.Speaks(workload.Family))];
            if (able.Length == 0)
            {
                report.Progress($"{workload.Name}: left out, none of the servers speaks its protocol");
                continue;
            }

            WorkloadResult result = new(workload, Rounds.Take(workload, able, options, rounds));
            results.Add(result);
            report.WriteLine(ThroughputTables.ForWorkload(result, [.. able.Select(server => server.Name)]));
        }

        if (results.Count > 1 && servers.Count > 1)
            report.WriteLine(ThroughputTables.Summary(results, [.. servers.Select(server => server.Name)]));
        report.Keep("workloads", results);
        report.End(options);
    }
}
