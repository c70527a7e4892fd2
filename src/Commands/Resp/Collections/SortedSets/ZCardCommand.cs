using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZCARD key.</summary>
internal sealed class ZCardCommand() : RespCommand(
    new CommandDescriptor("zcard", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Get the number of members in a sorted set",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.Refuses(scope.Shard.Collections.SortedSets.Length(key, call.Now, out long count)))
        {
            call.Output.WriteInteger(count);
        }
    }
}
