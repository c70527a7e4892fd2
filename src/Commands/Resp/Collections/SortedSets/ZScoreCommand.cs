using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZSCORE key member.</summary>
internal sealed class ZScoreCommand() : RespCommand(
    new CommandDescriptor("zscore", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Get the score associated with the given member in a sorted set",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.SortedSets.Find(key, call[2], call.Now, out double score);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Found)
        {
            call.Output.WriteDouble(score, call.Version);
        }
        else
        {
            call.WriteNull();
        }
    }
}
