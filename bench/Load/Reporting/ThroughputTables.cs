using System.Globalization;
using System.Text;
using SessionGateway.Bench.Load.Measuring;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>The tables of throughput runs.</summary>
internal static class ThroughputTables
{
    private const double NoisyShare = 0.02;
    private const double DriftShare = 0.05;
    private const double RestlessMicroseconds = 50_000; // a runtime that still compiles, not a timer

    public static string ForWorkload(WorkloadResult result, IReadOnlyList<string> servers)
    {
        MarkdownTable values = new(
            "server", "ops/s", "p50 µs", "p99 µs", "p99.9 µs", "CPU µs/op", "user", "server busy", "load busy",
            "foreign", "RSS MB", "idle CPU µs/s");
        foreach (string server in servers)
            values.Add(
                server,
                result.Of(server, sample => sample.OperationsPerSecond).Show("F0"),
                result.Of(server, sample => sample.P50).ShowMedian("F0"),
                result.Of(server, sample => sample.P99).ShowMedian("F0"),
                result.Of(server, sample => sample.P999).ShowMedian("F0"),
                result.Of(server, sample => sample.CpuMicrosecondsPerOperation).Show("F2"),
                result.Of(server, sample => sample.UserShare * 100).ShowMedian("F0") + " %",
                result.Of(server, sample => sample.ServerBusy * 100).ShowMedian("F0") + " %",
                result.Of(server, sample => sample.LoadBusy * 100).ShowMedian("F0") + " %",
                result.Of(server, sample => sample.Foreign * 100).ShowMedian("F1") + " %",
                result.Of(server, sample => sample.ResidentBytes / 1048576.0).ShowMedian("F0"),
                result.Of(server, sample => sample.IdleCpuMicrosecondsPerSecond).ShowMedian("F0"));

        StringBuilder text = new($"## {result.Workload.Name}\n\n{result.Workload.Describe()}\n\n{values}");
        if (servers.Count > 1)
            text.Append('\n').Append(Ratios(result, servers));
        foreach (string warning in Warnings(result, servers))
            text.Append("\n- ").Append(warning);
        return text.Append('\n').ToString();
    }

    /// <summary>One row per workload and peer: what the work is judged by.</summary>
    public static string Summary(IReadOnlyList<WorkloadResult> results, IReadOnlyList<string> servers)
    {
        string ours = servers[0];
        MarkdownTable table = new("workload", $"{ours} ÷", "CPU per op", "ops/s", "p50", "p99");
        foreach (WorkloadResult result in results)
            foreach (string peer in servers.Skip(1))
                if (result.Has(peer) && result.Has(ours))
                    table.Add(
                        result.Workload.Name,
                        peer,
                        result.SliceRatio(ours, peer, slice => slice.CpuMicrosecondsPerOperation).Show("F2"),
                        result.SliceRatio(ours, peer, slice => slice.OperationsPerSecond).Show("F2"),
                        result.Ratio(ours, peer, sample => sample.P50).ShowMedian("F2"),
                        result.Ratio(ours, peer, sample => sample.P99).ShowMedian("F2"));
        return $"## Summary\n\n{table}";
    }

    private static MarkdownTable Ratios(WorkloadResult result, IReadOnlyList<string> servers)
    {
        string ours = servers[0];
        MarkdownTable table = new($"{ours} ÷", "ops/s", "p50", "p99", "p99.9", "CPU per op", "RSS");
        foreach (string peer in servers.Skip(1))
            table.Add(
                peer,
                result.SliceRatio(ours, peer, slice => slice.OperationsPerSecond).Show("F2"),
                result.Ratio(ours, peer, sample => sample.P50).ShowMedian("F2"),
                result.Ratio(ours, peer, sample => sample.P99).ShowMedian("F2"),
                result.Ratio(ours, peer, sample => sample.P999).ShowMedian("F2"),
                result.SliceRatio(ours, peer, slice => slice.CpuMicrosecondsPerOperation).Show("F2"),
                result.Ratio(ours, peer, sample => sample.ResidentBytes).ShowMedian("F2"));
        return table;
    }

    private static IEnumerable<string> Warnings(WorkloadResult result, IReadOnlyList<string> servers)
    {
        foreach (string server in servers)
        {
            Spread foreign = result.Of(server, sample => sample.Foreign);
            if (foreign.High > NoisyShare)
                yield return Say($"{server}: something else used up to {foreign.High * 100:F0} % of the server's core");
            Spread idle = result.Of(server, sample => sample.IdleCpuMicrosecondsPerSecond);
            if (idle.High > RestlessMicroseconds)
                yield return Say(
                    $"{server}: used up to {idle.High / 1e4:F0} % of a core without requests; a longer --warmup?");
            double first = result.Of(server, sample => sample.Slices[0].CpuMicrosecondsPerOperation).Median;
            double last = result.Of(server, sample => sample.Slices[^1].CpuMicrosecondsPerOperation).Median;
            if (Math.Abs((last / first) - 1) > DriftShare)
                yield return Say($"{server}: CPU µs/op {first:F2} in the first and {last:F2} in the last second");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
