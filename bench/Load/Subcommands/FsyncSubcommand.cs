using System.Security.Cryptography;
using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>Writes with every way of keeping them, the gateway's log and redis' append-only file in turn.</summary>
internal sealed class FsyncSubcommand : ISubcommand
{
    private const int DefaultRounds = 3;

    public string Help =>
        "fsync: writes with none, everysec (encrypted, too) and batch beside redis' none, everysec and always";

    public void Run(LoadOptions options)
    {
        ServerMemory memory = ServerMemory.Plenty;
        // Made for its owner only, as a key has to be.
        string key = Path.GetTempFileName();
        File.WriteAllText(key, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        try
        {
            Run(options, memory, key);
        }
        finally
        {
            File.Delete(key);
        }
    }

    private static void Run(LoadOptions options, ServerMemory memory, string key)
    {
        ServerSpec[] everySecond =
        [
            PersistentServers.GatewayOfLongLog(options, memory, "everysec"),
            PersistentServers.GatewayOfLongLog(options, memory, null),
            PersistentServers.Encrypted(options, memory, "everysec", key),
            PersistentServers.Redis(memory, "everysec"), PersistentServers.Redis(memory, null),
        ];
        ServerSpec[] each =
            [PersistentServers.GatewayOfLongLog(options, memory, "batch"), PersistentServers.Redis(memory, "always")];
        int rounds = options.Rounds ?? DefaultRounds;
        Report report = options.Report;
        report.Begin("Load: what it costs to keep writes", options, [.. everySecond, .. each], rounds);
        List<WorkloadResult> results = [];
        foreach (int connections in options.Connections is int only ? [only] : (int[])[50, 1])
        {
            var workload = new Workload($"resp-set, {connections} connections", WireKind.Resp)
            {
                GetPercent = 0, Connections = connections, Keys = options.Keys ?? 100_000,
                ValueBytes = options.ValueBytes ?? 1024,
            };
            var result = new WorkloadResult(
                workload, Rounds.Take(workload, [.. everySecond, .. each], options, rounds));
            results.Add(result);
            report.WriteLine(ThroughputTables.ForWorkload(result, [.. everySecond.Select(server => server.Name)]));
            report.WriteLine(ThroughputTables.ForWorkload(result, [.. each.Select(server => server.Name)]));
        }

        report.Keep("fsync", results);
        report.End(options);
    }
}
