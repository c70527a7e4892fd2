using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY RESET [event ...]: the number of events that had samples.</summary>
internal sealed class LatencyResetCommand() : RespCommand(
    new CommandDescriptor(
        "latency|reset", -2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Reset latency data for one or more events.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(0);
}
