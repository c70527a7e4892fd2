using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZINTERCARD numkeys key [key ...] [LIMIT limit].</summary>
internal sealed class ZInterCardCommand() : RespCommand(
    new CommandDescriptor("zintercard", -3, CommandFlags.ReadOnly | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "7.0.0",
        Summary = "Intersect multiple sorted sets and return the cardinality of the result",
        Complexity =
            "O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted"
            + " sets.",
    })
{
    public override void Execute(in RespCall call)
    {
        var sets = new ScoreCombination(ScoreOperation.Intersection);
        if (!sets.TryParse(call, 1, Name))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        if (sets.TryBegin(call, 1, stores: false, counts: true))
        {
            call.Output.WriteInteger(sets.Run(call).Count);
        }
    }
}
