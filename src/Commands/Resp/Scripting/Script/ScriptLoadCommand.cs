namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT LOAD script.</summary>
internal sealed class ScriptLoadCommand() : RespCommand(
    new CommandDescriptor("script|load", 3, CommandFlags.NoScript | CommandFlags.Stale)
    {
        Categories = AclCategories.Scripting,
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "scripting",
        Since = "2.6.0",
        Summary = "Load the specified Lua script into the script cache.",
        Complexity = "O(N) with N being the length in bytes of the script body.",
    })
{
    public override void Execute(in RespCall call) => Evaluation.Load(call, call[2]);
}
