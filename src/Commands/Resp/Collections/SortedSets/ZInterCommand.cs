namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZINTER numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM | MIN | MAX] [WITHSCORES].</summary>
internal sealed class ZInterCommand() : CombineCommand(
    new CommandDescriptor("zinter", -3, CommandFlags.ReadOnly | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Intersect multiple sorted sets",
        Complexity =
            "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of"
            + " input sorted sets and M being the number of elements in the resulting sorted set.",
    }, ScoreOperation.Intersection);
