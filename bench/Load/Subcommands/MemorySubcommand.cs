using System.Globalization;
using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>What sessions cost in memory, and what happens when they expire together or do not fit.</summary>
internal sealed class MemorySubcommand : ISubcommand
{
    private const int DefaultSessions = 1_000_000;
    private const int QuickSessions = 100_000;
    private const int LimitMegabytes = 64;
    private const int LimitSessions = 60_000;
    private const int LimitValueBytes = 2048;

    // Payload is about 1.24 KB per session; twice that, so that no server evicts or refuses anything.
    private const int SessionsPerMegabyte = 400;

    public string Help => "memory: bytes per session, expiry of all at once, and a limit that is too low; --quick";

    public void Run(LoadOptions options)
    {
        int count = options.Sessions ?? (options.IsQuick ? QuickSessions : DefaultSessions);
        if (options.IsQuick)
            options.Warmup = Math.Min(options.Warmup, 2);
        StormPlan plan = options.IsQuick
            ? new StormPlan(count / 2, TimeSpan.FromSeconds(6), 10_000, 10)
            : new StormPlan(count / 2, TimeSpan.FromSeconds(15), 10_000, 60);
        ServerMemory plenty = new(Math.Max(2048, count / SessionsPerMegabyte), IsLimit: false);
        IReadOnlyList<ServerSpec> servers = ServerList.From(options, plenty, withOptionalPeers: true);
        Report report = options.Report;
        report.Begin("Load: memory per session, expiry, memory limit", options, servers, 1);
        foreach (string absent in ServerList.AbsentPeers(options))
            report.WriteLine($"- absent: {absent}");
        report.WriteLine("");

        MemorySample[] memory =
            [.. Each("memory", servers, options, (s, kind) => MemoryTrial.Take(s, kind, count, options))];
        report.Keep("memory", memory);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count:N0} sessions: keys of 40 B, values lognormal (median 600, mean 1,200, most 65,536 B) of random "
                + $"bytes, "
            + $"TTL 1440 s; all written, then all rewritten twice with new lengths, then twice with the same lengths, "
            + $"then "
            + $"all read. Idle is after {options.Warmup} s of warm-up. Overhead: RSS over idle without keys and "
            + $"values.\n"));
        report.WriteLine(MemoryTables.Memory(memory));

        StormSample[] storms =
            [.. Each("expiry", servers, options, (s, kind) => StormTrial.Take(s, kind, plan, options))];
        report.Keep("storm", storms);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{plan.Sessions:N0} sessions that expire together {plan.Ttl.TotalSeconds:F0} s after the load began, "
                + $"while "
            + $"1,000 others are read {plan.ReadsPerSecond:N0} times a second over 50 connections; latency from the "
            + $"moment a "
            + $"read was due. Gone is what the server no longer counts (curr_items, DBSIZE). RSS after: 5 s later, or "
            + $"{plan.MostSeconds} s after the deadline.\n"));
        report.WriteLine(MemoryTables.Storm(storms));
        report.WriteLine(
            "p50 / p99 / p99.9 of each second, µs (ms that the server waited for its core); the sessions expire "
            + "at 0:\n");
        report.WriteLine(MemoryTables.Timeline(storms, -5, 10));
        report.WriteLine(TargetTable.Show(memory, storms, ServerList.GatewayName));

        ServerMemory small = new(LimitMegabytes, IsLimit: true);
        IReadOnlyList<ServerSpec> limited = ServerList.From(options, small, withOptionalPeers: true);
        LimitSample[] limits = [.. Each("limit", limited, options, (s, kind) =>
            LimitTrial.Take(s, kind, LimitSessions, LimitValueBytes, options))];
        report.Keep("limit", limits);
        report.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{LimitSessions:N0} live sessions of {LimitValueBytes:N0} B into a limit of {LimitMegabytes} MB "
            + $"(memcached -m, redis --maxmemory with its default policy, gateway --memory):\n"));
        report.WriteLine(MemoryTables.Limit(limits));

        ServerSpec[] ours = [.. limited.Where(server => server.Name == ServerList.GatewayName)];
        ReturningSample[] returning = [.. Each("limit, anonymous", ours, options, (s, kind) =>
            ReturningTrial.Take(s, kind, LimitSessions, LimitValueBytes, options))];
        report.Keep("limitAnonymous", returning);
        if (returning.Length > 0)
            report.WriteLine("The same with `--anonymous`, every fourth visitor asking for a second page:\n\n"
                + MemoryTables.Returning(returning));
        report.End(options);
    }

    private static IEnumerable<T> Each<T>(
        string what, IReadOnlyList<ServerSpec> servers, LoadOptions options, Func<ServerSpec, WireKind, T> take)
    {
        foreach (ServerSpec server in servers)
            foreach (WireKind kind in SessionWire.KindsOf(server))
            {
                options.Report.Progress($"{what}: {server.Name}, {kind}");
                yield return take(server, kind);
            }
    }
}
