namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNION numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM | MIN | MAX] [WITHSCORES].</summary>
internal sealed class ZUnionCommand() : CombineCommand(
    new CommandDescriptor("zunion", -3, CommandFlags.ReadOnly | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Add multiple sorted sets",
        Complexity =
            "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the"
            + " number of elements in the resulting sorted set.",
    }, ScoreOperation.Union);
