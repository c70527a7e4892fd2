using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY HISTOGRAM [command ...]: how many calls took no longer than each power of two.</summary>
internal sealed class LatencyHistogramCommand() : RespCommand(
    new CommandDescriptor(
        "latency|histogram", -2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "7.0.0",
        Summary = "Return the cumulative distribution of latencies of a subset of commands or all.",
        Complexity = "O(N) where N is the number of commands with latency information being retrieved.",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Context.Spend(WorkUnits.Report);
        var totals = CommandTotals.Take(call.Services.Stats, call.Services.Resp.FiguresBase);
        RespCommand[] wanted = [.. Wanted(call).Where(c => totals.Of(c) is { Calls: > 0, Histogram: not null })];
        if (!call.Services.Resp.Watch.TellsHistograms)
        {
            wanted = [];
        }

        call.Output.WriteMap(wanted.Length, call.Version);
        foreach (RespCommand command in wanted)
        {
            CommandFigure figure = totals.Of(command);
            call.Output.WriteBulk(command.Name);
            call.Output.WriteMap(2, call.Version);
            call.Output.WriteBulk("calls"u8);
            call.Output.WriteInteger(figure.Calls);
            call.Output.WriteBulk("histogram_usec"u8);
            WriteLevels(call, figure.Histogram!);
        }
    }

    // A container stands for its subcommands.
    private static List<RespCommand> Wanted(in RespCall call)
    {
        if (call.Count == 2)
        {
            return [.. CommandTable.All.Commands.SelectMany(WithSubcommands)];
        }

        List<RespCommand> wanted = [];
        for (int i = 2; i < call.Count; i++)
        {
            if (CommandTable.All.FindFull(call[i]) is { } command)
            {
                wanted.AddRange(WithSubcommands(command));
            }
        }

        return wanted;
    }

    private static IEnumerable<RespCommand> WithSubcommands(RespCommand command) =>
        command.Subcommands.Length > 0 ? command.Subcommands : [command];

    // Levels that no call was in are left out.
    private static void WriteLevels(in RespCall call, long[] histogram)
    {
        List<(long Microseconds, long Calls)> levels = [];
        long before = 0;
        for (int i = 0; i < LatencyBuckets.Levels; i++)
        {
            (long Microseconds, long Calls) level = LatencyBuckets.Level(histogram, i);
            if (level.Calls > before)
            {
                levels.Add(level);
                before = level.Calls;
            }
        }

        call.Output.WriteMap(levels.Count, call.Version);
        foreach ((long microseconds, long calls) in levels)
        {
            call.Output.WriteInteger(microseconds);
            call.Output.WriteInteger(calls);
        }
    }
}
