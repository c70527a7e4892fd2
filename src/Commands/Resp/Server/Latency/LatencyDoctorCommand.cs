using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY DOCTOR: what Redis says while its monitor is off.</summary>
internal sealed class LatencyDoctorCommand() : RespCommand(
    new CommandDescriptor(
        "latency|doctor", 2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Return a human readable latency analysis report.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteVerbatim("txt"u8, Text, call.Version);

    private static ReadOnlySpan<byte> Text =>
        "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance. You may use "u8
        + "\"CONFIG SET latency-monitor-threshold <milliseconds>.\" in order to enable it. If we weren't in a deep "u8
        + "space mission I'd suggest to take a look at https://redis.io/topics/latency-monitor.\n"u8;
}
