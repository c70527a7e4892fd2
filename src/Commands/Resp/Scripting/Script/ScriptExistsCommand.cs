using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT EXISTS sha1 [sha1 ...].</summary>
internal sealed class ScriptExistsCommand() : RespCommand(
    new CommandDescriptor("script|exists", -3, CommandFlags.NoScript)
    {
        Categories = AclCategories.Scripting,
        Tips = ["request_policy:all_shards", "response_policy:agg_logical_and"],
        Group = "scripting",
        Since = "2.6.0",
        Summary = "Check existence of scripts in the script cache.",
        Complexity =
            "O(N) with N being the number of scripts to check (so checking a single script is an O(1) operation).",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteArray(call.Count - 2);
        for (int i = 2; i < call.Count; i++)
        {
            call.Output.WriteInteger(call.Services.Resp.Scripts.Find(call[i]) is null ? 0 : 1);
        }
    }
}
