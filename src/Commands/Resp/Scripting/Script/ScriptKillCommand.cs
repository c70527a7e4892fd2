using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT KILL: ends the scripts that run longer than a step and have not written.</summary>
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
    public override void Execute(in RespCall call)
    {
        if (call.Services.Resp.ScriptRuns.Kill(out int refused) > 0)
        {
            call.Output.WriteOk();
        }
        else if (refused > 0)
        {
            call.Error("UNKILLABLE Sorry the script already executed write commands against the dataset. You can "
                + "either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE "
                + "command.");
        }
        else
        {
            call.Error("-NOTBUSY No scripts in execution right now.\r\n"u8);
        }
    }
}
