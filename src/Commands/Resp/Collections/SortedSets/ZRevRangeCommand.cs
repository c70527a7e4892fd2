namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREVRANGE key start stop [WITHSCORES].</summary>
internal sealed class ZRevRangeCommand() : RangeCommand(
    new CommandDescriptor("zrevrange", -4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Return a range of members in a sorted set, by index, with scores ordered from high to low",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " returned.",
    }, RangeKind.Rank, isReverse: true);
