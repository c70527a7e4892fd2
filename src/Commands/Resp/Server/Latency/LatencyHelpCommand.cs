namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY HELP.</summary>
internal sealed class LatencyHelpCommand() : RespCommand(
    new CommandDescriptor("latency|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "2.8.13",
        Summary = "Show helpful text about the different subcommands.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "LATENCY", Lines);

    private static readonly string[] Lines =
    [
        "DOCTOR",
        "    Return a human readable latency analysis report.",
        "GRAPH <event>",
        "    Return an ASCII latency graph for the <event> class.",
        "HISTORY <event>",
        "    Return time-latency samples for the <event> class.",
        "LATEST",
        "    Return the latest latency samples for all events.",
        "RESET [<event> ...]",
        "    Reset latency data of one or more <event> classes.",
        "    (default: reset all data for all event classes)",
        "HISTOGRAM [COMMAND ...]",
        "    Return a cumulative distribution of latencies in the format of a histogram for the "
            + "specified command names.",
        "    If no commands are specified then all histograms are replied.",
    ];
}
