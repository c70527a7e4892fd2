using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

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
        if (!call.Refuses(scope.Shard.Collections.Hashes.Length(key, call.Now, out long count)))
        {
            call.Output.WriteInteger(count);
        }
    }
}
