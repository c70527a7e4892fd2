using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT FLUSH [ASYNC | SYNC].</summary>
internal sealed class ScriptFlushCommand() : RespCommand(
    new CommandDescriptor("script|flush", -2, CommandFlags.NoScript)
    {
        Categories = AclCategories.Scripting,
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "scripting",
        Since = "2.6.0",
        Summary = "Remove all the scripts from the script cache.",
        Complexity = "O(N) with N being the number of scripts in cache",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 3 || (call.Count == 3 && !call.Is(2, "async"u8) && !call.Is(2, "sync"u8)))
        {
            call.Error("-ERR SCRIPT FLUSH only support SYNC|ASYNC option\r\n"u8);
            return;
        }

        call.Services.Resp.Scripts.Clear(call.Store);
        call.Output.WriteOk();
    }
}
