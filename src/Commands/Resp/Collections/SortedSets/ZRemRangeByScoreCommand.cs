namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREMRANGEBYSCORE key min max.</summary>
internal sealed class ZRemRangeByScoreCommand() : RemoveRangeCommand(
    new CommandDescriptor("zremrangebyscore", 4, CommandFlags.Write)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Remove all members in a sorted set within the given scores",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " removed by the operation.",
    }, RangeKind.Score);
