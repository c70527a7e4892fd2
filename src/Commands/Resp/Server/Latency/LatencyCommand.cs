namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY: a monitor of slow events, off until latency-monitor-threshold is set, as in Redis.</summary>
internal sealed class LatencyCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("latency", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "2.8.13",
        Summary = "A container for latency diagnostics commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
