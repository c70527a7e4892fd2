namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT HELP.</summary>
internal sealed class ScriptHelpCommand() : RespCommand(
    new CommandDescriptor("script|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Scripting,
        Group = "scripting",
        Since = "5.0.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "SCRIPT", Lines);

    private static readonly string[] Lines =
    [
        "EXISTS <sha1> [<sha1> ...]",
        "    Return information about the existence of the scripts in the script cache.",
        "FLUSH [ASYNC|SYNC]",
        "    Flush the Lua scripts cache. Very dangerous on replicas.",
        "    When called without the optional mode argument, the behavior is determined by the",
        "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
        "    * ASYNC: Asynchronously flush the scripts cache.",
        "    * SYNC: Synchronously flush the scripts cache.",
        "KILL",
        "    Kill the currently executing Lua script.",
        "LOAD <script>",
        "    Load a script into the scripts cache without executing it.",
    ];
}
