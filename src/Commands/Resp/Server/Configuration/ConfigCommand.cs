namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG: the settings that Redis clients ask for.</summary>
internal sealed class ConfigCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("config", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "2.0.0",
        Summary = "A container for server configuration commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
