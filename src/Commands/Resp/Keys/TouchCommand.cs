using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>TOUCH key [key ...]: notes an access; the expiry stays.</summary>
internal sealed class TouchCommand() : RespCommand(
    new CommandDescriptor("touch", -2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:multi_shard", "response_policy:agg_sum"],
        Keys = [new KeySpec(KeyAccess.RO, 1, -1)],
        Group = "generic",
        Since = "3.2.1",
        Summary = "Alters the last access time of a key(s). Returns the number of existing keys specified.",
        Complexity = "O(N) where N is the number of keys that will be touched.",
    })
{
    public override void Execute(in RespCall call)
    {
        using MultiShardScope scope = call.Store.EnterMany(call.ShardsOf(1, call.Count - 1, 1), call.Now);
        int found = 0;
        for (int i = 1; i < call.Count; i++)
        {
            ItemKey key = call.Key(i);
            bool exists = call.Shard(key).TryGet(key, call.Now, out _);
            call.CountRead(exists);
            found += exists ? 1 : 0;
        }

        call.Output.WriteInteger(found);
    }
}
