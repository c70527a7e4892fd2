using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY LATEST: name, time, last and longest of each kind of event.</summary>
internal sealed class LatencyLatestCommand() : RespCommand(
    new CommandDescriptor(
        "latency|latest", 2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Return the latest latency samples for all events.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        LatencyEvent[] events = call.Services.Resp.Watch.Latency.All();
        call.Output.WriteArray(events.Length);
        foreach (LatencyEvent one in events)
        {
            call.Output.WriteArray(4);
            call.Output.WriteBulk(one.Name);
            call.Output.WriteInteger(one.Samples[^1].Time);
            call.Output.WriteInteger(one.Samples[^1].Milliseconds);
            call.Output.WriteInteger(one.Longest);
        }
    }
}
