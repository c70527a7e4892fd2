namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANGE key min max [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES].</summary>
internal sealed class ZRangeCommand() : RangeCommand(
    new CommandDescriptor("zrange", -4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Return a range of members in a sorted set",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " returned.",
    }, RangeKind.Open, isReverse: null);
