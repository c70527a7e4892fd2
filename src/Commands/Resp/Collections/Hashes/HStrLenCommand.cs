using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HSTRLEN key field.</summary>
internal sealed class HStrLenCommand() : RespCommand(
    new CommandDescriptor("hstrlen", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "hash",
        Since = "3.2.0",
        Summary = "Get the length of the value of a hash field",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.Refuses(scope.Shard.Collections.Hashes.Find(key, call[2], call.Now, out ElementView view)))
        {
            call.Output.WriteInteger(view.Value.Length);
        }
    }
}
