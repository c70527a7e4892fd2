using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY HISTORY event: no samples, while the monitor is off.</summary>
internal sealed class LatencyHistoryCommand() : RespCommand(
    new CommandDescriptor(
        "latency|history", 3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Return timestamp-latency samples for the event.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteArray(0);
}
