using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY HISTORY event: its seconds with a peak, the oldest first.</summary>
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
    public override void Execute(in RespCall call)
    {
        List<(long Time, long Milliseconds)> samples =
            call.Services.Resp.Watch.Latency.Find(RespErrors.Preview(call[2]))?.Samples ?? [];
        call.Output.WriteArray(samples.Count);
        foreach ((long time, long milliseconds) in samples)
        {
            call.Output.WriteArray(2);
            call.Output.WriteInteger(time);
            call.Output.WriteInteger(milliseconds);
        }
    }
}
