using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HLEN key.</summary>
internal sealed class HLenCommand() : RespCommand(
    new CommandDescriptor("hlen", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get the number of fields in a hash",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        Lookup found = hashes.View(key, call.Now, out CollectionView hash, isAccess: false);
        if (hash.FirstExpiry != 0 && hash.FirstExpiry <= call.Now)
        {
            if (EndedFields.Precede(call, 1))
            {
                return;
            }

            found = hashes.View(key, call.Now, out hash, isAccess: false);
        }

        if (!call.Refuses(found))
        {
            call.Output.WriteInteger(hash.Count);
        }
    }
}
