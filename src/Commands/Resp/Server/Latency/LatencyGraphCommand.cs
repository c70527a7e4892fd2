using System.Text;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY GRAPH event: its peaks as columns of characters.</summary>
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
    public override void Execute(in RespCall call)
    {
        string name = RespErrors.Preview(call[2]);
        if (call.Services.Resp.Watch.Latency.Find(name) is { } found)
        {
            byte[] text = Encoding.Latin1.GetBytes(LatencyGraph.Draw(found, call.Now / 1000));
            call.Output.WriteVerbatim("txt"u8, text, call.Version);
        }
        else
        {
            call.Error($"ERR No samples available for event '{name}'");
        }
    }
}
