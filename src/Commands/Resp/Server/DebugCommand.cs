namespace SessionGateway.Commands.Resp.Server;

/// <summary>DEBUG: refused, as by a Redis without enable-debug-command.</summary>
internal sealed class DebugCommand() : RespCommand(
    new CommandDescriptor(
        "debug", -2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "1.0.0",
        Summary = "A container for debugging commands",
        Complexity = "Depends on subcommand.",
    })
{
    public override void Execute(in RespCall call) => call.Error(
        "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\", you can run it from a "
        + "local connection, otherwise you need to set this option in the configuration file, and then restart the "
        + "server.");
}
