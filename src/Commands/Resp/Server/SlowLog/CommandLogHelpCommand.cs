namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG HELP.</summary>
internal sealed class CommandLogHelpCommand() : RespCommand(
    new CommandDescriptor("commandlog|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "COMMANDLOG", Lines);

    private static readonly string[] Lines =
    [
        "GET <count> <type>",
        "    Return top <count> entries of the specified <type> from the commandlog (-1 mean all).",
        "    Entries are made of:",
        "    id, timestamp,",
        "        time in microseconds for type of slow,",
        "        or size in bytes for type of large-request,",
        "        or size in bytes for type of large-reply",
        "    arguments array, client IP and port,",
        "    client name",
        "LEN <type>",
        "    Return the length of the specified type of commandlog.",
        "RESET <type>",
        "    Reset the specified type of commandlog.",
    ];
}
