using System.Globalization;
using SessionGateway.Bench.Load.Measuring;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>What the memory engine promises beside what was measured, and the best of the peers in the same
/// run.</summary>
internal static class TargetTable
{
    private static readonly Target[] Targets =
    [
        new("overhead B per session", "≤ 64", r => r.Memory.OverheadPerSession, value => value <= 64, "F0"),
        new("RSS ÷ payload after load", "≤ 1.06", r => r.Memory.Loaded.RatioAtOnce, value => value <= 1.06, "F3"),
        new("RSS ÷ payload after two rewrites, 2 s later", "≤ 1.10", r => r.Memory.Resized.RatioLater,
            value => value <= 1.10, "F3"),
        new("sessions lost", "0", r => r.Memory.Read.Tally.Absent, value => value == 0, "F0"),
        new("seconds until < 5 % are left", "≤ 2", r => r.Storm.SecondsToGo ?? double.PositiveInfinity,
            value => value <= 2, "F1"),
        new("memory kept after the storm, share of full", "≤ 0.1", r => r.Storm.Kept, value => value <= 0.1, "F3"),
        new("worst p99 of the storm ÷ p99 before", "≤ 2", r => r.Storm.WorstRatio, value => value <= 2, "F2"),
        new("worst p99 of the storm µs", "≤ any peer's", r => r.Storm.Worst.P99, _ => true, "F0"),
    ];

    /// <summary>Samples of the same place in both lists belong to the same server.</summary>
    public static string Show(IReadOnlyList<MemorySample> memory, IReadOnlyList<StormSample> storms, string gateway)
    {
        Row[] rows = [.. memory.Zip(storms, (m, s) => new Row(m, s))];
        Row[] ours = [.. rows.Where(row => row.Memory.Server.StartsWith(gateway, StringComparison.Ordinal))];
        Row[] peers = [.. rows.Except(ours)];
        MarkdownTable table = new(
            ["target", "to reach", .. rows.Select(row => row.Memory.Server), "gateway ÷ best peer", "reached"]);
        foreach (Target target in Targets)
        {
            double worst = ours.Length == 0 ? double.NaN : ours.Max(target.Value);
            double best = peers.Length == 0 ? double.NaN : peers.Min(target.Value);
            bool reached = target.IsMet(worst)
                && (!target.Limit.Contains("peer", StringComparison.Ordinal) || !(worst > best));
            table.Add(
                [
                    target.Name, target.Limit, .. rows.Select(row => Text(target.Value(row), target.Format)),
                    double.IsFinite(worst / best) ? Text(worst / best, "F2") : "-",
                    ours.Length == 0 ? "-" : reached ? "yes" : "NO",
                ]);
        }

        return table.ToString();
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Row(MemorySample Memory, StormSample Storm);

    private sealed record Target(
        string Name, string Limit, Func<Row, double> Value, Func<double, bool> IsMet, string Format);
}
