using SessionGateway.Commands.Resp.Collections.Combining;

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
        var sets = new ScoreCombination(ScoreOperation.Intersection, Name, 1, stores: false, counts: true);
        if (sets.TryParse(call))
        {
            call.Connection.Run(new CombinedCount(this, sets), call);
        }
    }
}
