namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG HELP.</summary>
internal sealed class SlowLogHelpCommand() : RespCommand(
    new CommandDescriptor("slowlog|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "6.2.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "SLOWLOG", Lines);

    private static readonly string[] Lines =
    [
        "GET [<count>]",
        "    Return top <count> entries from the slowlog (default: 10, -1 mean all).",
        "    Entries are made of:",
        "    id, timestamp, time in microseconds, arguments array, client IP and port,",
        "    client name",
        "LEN",
        "    Return the length of the slowlog.",
        "RESET",
        "    Reset the slowlog.",
    ];
}
