using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HEXISTS key field.</summary>
internal sealed class HExistsCommand() : RespCommand(
    new CommandDescriptor("hexists", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Determine if a hash field exists",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Hashes.Find(key, call[2], call.Now, out _);
        if (!call.Refuses(found))
        {
            call.Output.WriteInteger(found == Lookup.Found ? 1 : 0);
        }
    }
}
