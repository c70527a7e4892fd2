using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>FLUSHDB [ASYNC | SYNC].</summary>
internal sealed class FlushDbCommand() : RespCommand(
    new CommandDescriptor("flushdb", -1, CommandFlags.Write)
    {
        Categories = AclCategories.Keyspace | AclCategories.Dangerous,
        Tips = ["request_policy:all_shards", "response_policy:all_succeeded"],
        Group = "server",
        Since = "1.0.0",
        Summary = "Remove all keys from the current database",
        Complexity = "O(N) where N is the number of keys in the selected database",
    })
{
    public override void Execute(in RespCall call)
    {
        if (FlushOptions.TryParse(call))
        {
            call.Stats.CmdFlush++;
            call.Context.Spend(WorkUnits.WholeTurn);
            call.Store.Flush(call.Client.Database);
            call.Output.WriteOk();
        }
    }
}
