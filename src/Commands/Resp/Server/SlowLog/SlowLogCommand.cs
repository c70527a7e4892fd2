namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG: commands that took long.</summary>
internal sealed class SlowLogCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("slowlog", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "2.2.12",
        Summary = "A container for slow log commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
