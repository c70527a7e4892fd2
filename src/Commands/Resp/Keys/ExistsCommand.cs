using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>EXISTS key [key ...]: a key counts as often as it is named.</summary>
internal sealed class ExistsCommand() : KeyCountCommand(
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
    protected override bool Apply(in RespCall call, Shard shard, in ItemKey key)
    {
        bool exists = shard.TryPeekAttributes(key, call.Now, out _);
        call.CountRead(key, exists);
        return exists;
    }
}
