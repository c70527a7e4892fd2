namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY GRAPH event: no event has samples.</summary>
internal sealed class LatencyGraphCommand() : RespCommand(
    new CommandDescriptor(
        "latency|graph", 3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Return a latency graph for the event.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) =>
        call.Error($"ERR No samples available for event '{RespErrors.Preview(call[2])}'");
}
