namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND HELP.</summary>
internal sealed class CommandHelpCommand() : RespCommand(
    new CommandDescriptor("command|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "server",
        Since = "5.0.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "COMMAND", Lines);

    private static readonly string[] Lines =
    [
        "(no subcommand)",
        "    Return details about all Redis commands.",
        "COUNT",
        "    Return the total number of commands in this Redis server.",
        "LIST",
        "    Return a list of all commands in this Redis server.",
        "INFO [<command-name> ...]",
        "    Return details about multiple Redis commands.",
        "    If no command names are given, documentation details for all",
        "    commands are returned.",
        "DOCS [<command-name> ...]",
        "    Return documentation details about multiple Redis commands.",
        "    If no command names are given, documentation details for all",
        "    commands are returned.",
        "GETKEYS <full-command>",
        "    Return the keys from a full Redis command.",
        "GETKEYSANDFLAGS <full-command>",
        "    Return the keys and the access flags from a full Redis command.",
    ];
}
