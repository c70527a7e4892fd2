using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SISMEMBER key member.</summary>
internal sealed class SIsMemberCommand() : RespCommand(
    new CommandDescriptor("sismember", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Determine if a given value is a member of a set",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Sets.Find(key, call[2], call.Now);
        if (!call.Refuses(found))
        {
            call.Output.WriteInteger(found == Lookup.Found ? 1 : 0);
        }
    }
}
