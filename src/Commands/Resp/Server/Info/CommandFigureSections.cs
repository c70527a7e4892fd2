using System.Globalization;
using SessionGateway.Commands.Resp.Watching;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>What each command and each name of an error has come to since CONFIG RESETSTAT.</summary>
internal static class CommandFigureSections
{
    /// <summary><c>cmdstat_NAME:calls=…</c>.</summary>
    public static void WriteCalls(InfoWriter writer, in RespCall call)
    {
        var totals = CommandTotals.Take(call.Services.Stats, call.Services.Resp.FiguresBase);
        foreach (RespCommand command in AllCommands())
        {
            CommandFigure figure = totals.Of(command);
            if (!figure.IsEmpty)
            {
                long microseconds = figure.Microseconds;
                double each = figure.Calls == 0 ? 0 : (double)microseconds / figure.Calls;
                writer.Add($"cmdstat_{command.Name}", string.Create(CultureInfo.InvariantCulture,
                    $"calls={figure.Calls},usec={microseconds},usec_per_call={each:0.00},"
                    + $"rejected_calls={figure.Rejected},failed_calls={figure.Failed}"));
            }
        }
    }

    /// <summary><c>errorstat_NAME:count=…</c>.</summary>
    public static void WriteErrors(InfoWriter writer, in RespCall call)
    {
        foreach ((string name, long count) in call.Services.Resp.Errors.All())
        {
            writer.Add($"errorstat_{Clean(name)}", $"count={count}");
        }
    }

    /// <summary><c>latency_percentiles_usec_NAME:p50=…</c>.</summary>
    public static void WritePercentiles(InfoWriter writer, in RespCall call)
    {
        if (!call.Services.Resp.Watch.TellsHistograms)
        {
            return;
        }

        var totals = CommandTotals.Take(call.Services.Stats, call.Services.Resp.FiguresBase);
        foreach (RespCommand command in AllCommands())
        {
            if (totals.Of(command) is { Calls: > 0, Histogram: { } counts })
            {
                IEnumerable<string> times = call.Services.Resp.Watch.Percentiles.Select(
                    percent => string.Create(CultureInfo.InvariantCulture, $"p{percent:G6}={At(counts, percent)}"));
                writer.Add($"latency_percentiles_usec_{command.Name}", string.Join(',', times));
            }
        }
    }

    private static IEnumerable<RespCommand> AllCommands() =>
        CommandTable.All.Commands.SelectMany(c => (IEnumerable<RespCommand>)[c, .. c.Subcommands]);

    private static string At(long[] counts, double percent) =>
        (LatencyBuckets.Percentile(counts, percent) / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);

    // Scripts choose names; one with these would break the line (redis 7, getSafeInfoString).
    private static string Clean(string name) =>
        string.Concat(name.Select(c => c is '#' or ':' or '\n' or '\r' ? '_' : c));
}
