namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT KILL: no script ever runs longer than its command.</summary>
internal sealed class ScriptKillCommand() : RespCommand(
    new CommandDescriptor("script|kill", 2, CommandFlags.NoScript | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Scripting,
        Tips = ["request_policy:all_shards", "response_policy:one_succeeded"],
        Group = "scripting",
        Since = "2.6.0",
        Summary = "Kill the script currently in execution.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) =>
        call.Error("-NOTBUSY No scripts in execution right now.\r\n"u8);
}
