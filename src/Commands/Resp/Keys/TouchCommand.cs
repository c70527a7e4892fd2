using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>TOUCH key [key ...]: notes an access; the expiry stays.</summary>
internal sealed class TouchCommand() : KeyCountCommand(
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
    protected override bool Apply(in RespCall call, Shard shard, in ItemKey key)
    {
        bool exists = shard.TryGetAttributes(key, call.Now, out _);
        call.CountRead(key, exists);
        return exists;
    }
}
