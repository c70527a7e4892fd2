using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY HISTOGRAM [command ...]: none are kept (latency-tracking no).</summary>
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
    public override void Execute(in RespCall call) => call.Output.WriteMap(0, call.Version);
}
