namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY: what items cost.</summary>
internal sealed class MemoryCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("memory", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "4.0.0",
        Summary = "A container for memory diagnostics commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
