namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREMRANGEBYRANK key start stop.</summary>
internal sealed class ZRemRangeByRankCommand() : RemoveRangeCommand(
    new CommandDescriptor("zremrangebyrank", 4, CommandFlags.Write)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Remove all members in a sorted set within the given indexes",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " removed by the operation.",
    }, RangeKind.Rank);
