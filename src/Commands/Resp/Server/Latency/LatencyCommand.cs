namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY: a monitor of slow events, which is off here as it is in Redis by default.</summary>
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
