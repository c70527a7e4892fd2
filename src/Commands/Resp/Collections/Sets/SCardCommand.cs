using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SCARD key.</summary>
internal sealed class SCardCommand() : RespCommand(
    new CommandDescriptor("scard", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Get the number of members in a set",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.Refuses(scope.Shard.Collections.Sets.Length(key, call.Now, out long count)))
        {
            call.Output.WriteInteger(count);
        }
    }
}
