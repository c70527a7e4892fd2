using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>FLUSHALL [ASYNC | SYNC], all databases at one moment.</summary>
internal sealed class FlushAllCommand() : RespCommand(
    new CommandDescriptor("flushall", -1, CommandFlags.Write)
    {
        Categories = AclCategories.Keyspace | AclCategories.Dangerous,
        Tips = ["request_policy:all_shards", "response_policy:all_succeeded"],
        Group = "server",
        Since = "1.0.0",
        Summary = "Remove all keys from all databases",
        Complexity = "O(N) where N is the total number of keys in all databases",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!FlushOptions.TryParse(call))
        {
            return;
        }

        call.Stats.CmdFlush++;
        call.Context.Spend(WorkUnits.WholeTurn);
        using (MultiShardScope all = call.Context.EnterMany(ulong.MaxValue))
        {
            for (int database = 0; database < ItemStore.DatabaseCount; database++)
            {
                call.Store.Flush(database);
            }
        }

        call.Output.WriteOk();
    }
}
