namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG HELP.</summary>
internal sealed class ConfigHelpCommand() : RespCommand(
    new CommandDescriptor("config|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "5.0.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "CONFIG", Lines);

    private static readonly string[] Lines =
    [
        "GET <pattern>",
        "    Return parameters matching the glob-like <pattern> and their values.",
        "SET <directive> <value>",
        "    Set the configuration <directive> to <value>.",
        "RESETSTAT",
        "    Reset statistics reported by the INFO command.",
        "REWRITE",
        "    Rewrite the configuration file.",
    ];
}
