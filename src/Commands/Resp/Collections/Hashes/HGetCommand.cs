using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HGET key field.</summary>
internal sealed class HGetCommand() : RespCommand(
    new CommandDescriptor("hget", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get the value of a hash field",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Hashes.Find(key, call[2], call.Now, out ElementView view);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Found)
        {
            call.Output.WriteBulk(view.Value);
        }
        else
        {
            call.WriteNull();
        }
    }
}
