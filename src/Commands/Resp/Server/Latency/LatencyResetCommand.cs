using SessionGateway.Commands.Resp.Watching;
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
    public override void Execute(in RespCall call)
    {
        LatencyEvents events = call.Services.Resp.Watch.Latency;
        int count = call.Count == 2 ? events.Clear() : 0;
        for (int i = 2; i < call.Count; i++)
        {
            count += events.Remove(RespErrors.Preview(call[i])) ? 1 : 0;
        }

        call.Output.WriteInteger(count);
    }
}
