using System.Globalization;
using SessionGateway.Bench.Load.Measuring;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>The tables of <c>memory</c>.</summary>
internal static class MemoryTables
{
    public static string Memory(IReadOnlyList<MemorySample> samples)
    {
        MarkdownTable table = new(
            "server, protocol", "idle MB", "payload MB", "RSS over idle MB", "overhead B per session",
            "RSS ÷ payload loaded", "rewritten twice, new lengths: at once", "2 s later",
            "rewritten twice, same lengths: 2 s later", "load CPU µs/op", "rewrite CPU µs/op", "lost");
        foreach (MemorySample sample in samples)
            table.Add(
                sample.Server, Megabytes(sample.IdleBytes), Megabytes(sample.Loaded.PayloadBytes),
                Megabytes(sample.Loaded.AtOnceBytes), Text(sample.OverheadPerSession, "F0"),
                Text(sample.Loaded.RatioAtOnce, "F3"), Text(sample.Resized.RatioAtOnce, "F3"),
                Text(sample.Resized.RatioLater, "F3"), Text(sample.Rewritten.RatioLater, "F3"),
                Text(sample.Loaded.CpuMicrosecondsPerOperation, "F2"),
                Text(sample.Resized.CpuMicrosecondsPerOperation, "F2"), $"{sample.Read.Tally.Absent}");
        return table.ToString();
    }

    public static string Storm(IReadOnlyList<StormSample> samples)
    {
        MarkdownTable table = new(
            "server, protocol", "< 5 % left after s", "left after 2 s", "RSS full MB", "RSS after MB", "kept over idle",
            "p50 / p99 / p99.9 before µs", "worst p99 before", "p50 / p99 / p99.9 of the worst second µs", "in second",
            "worst ÷ before", "server waited for its core in it, ms", "reads left out");
        foreach (StormSample sample in samples)
            table.Add(
                sample.Server, Gone(sample), Text(sample.LeftAfterTwo, "P1"), Megabytes(sample.FullBytes),
                Megabytes(sample.AfterBytes), Text(sample.Kept, "P1"), Latencies(sample.Before),
                Text(sample.WorstBefore.P99, "F0"), Latencies(sample.Worst), $"{sample.Worst.Second}",
                Text(sample.WorstRatio, "F2"), Text(sample.Worst.WaitedMilliseconds, "F1"),
                Text(sample.Timeline.Sum(s => s.LeftOut) / (double)sample.Timeline.Sum(s => s.Reads + s.LeftOut),
                    "P1"));
        return table.ToString();
    }

    /// <summary>The seconds around the deadline, as far as any server's trial goes.</summary>
    public static string Timeline(IReadOnlyList<StormSample> samples, int from, int to)
    {
        MarkdownTable table = new(["second", .. samples.Select(sample => sample.Server)]);
        int last = Math.Min(to, samples.Max(sample => sample.Timeline[^1].Second));
        for (int second = from; second <= last; second++)
            table.Add(
                [
                    $"{second}",
                    .. samples.Select(sample =>
                        sample.Timeline.FirstOrDefault(s => s.Second == second) is { } found
                            ? $"{Latencies(found)} ({Text(found.WaitedMilliseconds, "F0")})"
                            : ""),
                ]);
        return table.ToString();
    }

    public static string Limit(IReadOnlyList<LimitSample> samples)
    {
        MarkdownTable table = new(
            "server, protocol", "written", "stored", "refused with an error", "read back", "silently lost",
            "RSS over idle MB");
        foreach (LimitSample sample in samples)
            table.Add(
                sample.Server, $"{sample.Written}", $"{sample.Stored}", $"{sample.Refused}", $"{sample.Kept}",
                $"{sample.Lost}", Megabytes(sample.OverIdleBytes));
        return table.ToString();
    }

    public static string Returning(IReadOnlyList<ReturningSample> samples)
    {
        MarkdownTable table = new(
            "server, protocol", "written", "refused", "came back", "of these kept", "others given up");
        foreach (ReturningSample sample in samples)
            table.Add(
                sample.Server, $"{sample.Written}", $"{sample.Refused}", $"{sample.Established}", $"{sample.Kept}",
                $"{sample.GivenUp}");
        return table.ToString();
    }

    private static string Gone(StormSample sample) =>
        sample.SecondsToGo is { } seconds ? Text(seconds, "F1") : $"more than {sample.SecondsAfter}";

    private static string Latencies(StormSecond second) =>
        $"{Text(second.P50, "F0")} / {Text(second.P99, "F0")} / {Text(second.P999, "F0")}";

    private static string Megabytes(long bytes) => Text(bytes / 1048576.0, "F0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
