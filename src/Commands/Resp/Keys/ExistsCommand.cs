using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>EXISTS key [key ...]: a key counts as often as it is named.</summary>
internal sealed class ExistsCommand() : RespCommand(
    new CommandDescriptor("exists", -2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:multi_shard", "response_policy:agg_sum"],
        Keys = [new KeySpec(KeyAccess.RO, 1, -1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Determine if a key exists",
        Complexity = "O(N) where N is the number of keys to check.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count == 2)
        {
            ItemKey key = call.Key(1);
            using ShardScope one = call.Store.Enter(key, call.Now);
            bool exists = one.Shard.TryPeek(key, call.Now, out _);
            call.CountRead(exists);
            call.Output.WriteInteger(exists ? 1 : 0);
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(call.ShardsOf(1, call.Count - 1, 1), call.Now);
        int found = 0;
        for (int i = 1; i < call.Count; i++)
        {
            ItemKey key = call.Key(i);
            bool exists = call.Shard(key).TryPeek(key, call.Now, out _);
            call.CountRead(exists);
            found += exists ? 1 : 0;
        }

        call.Output.WriteInteger(found);
    }
}
