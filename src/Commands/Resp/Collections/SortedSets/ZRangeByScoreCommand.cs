namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count].</summary>
internal sealed class ZRangeByScoreCommand() : RangeCommand(
    new CommandDescriptor("zrangebyscore", -4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "1.0.5",
        Summary = "Return a range of members in a sorted set, by score",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you"
            + " can consider it O(log(N)).",
    }, RangeKind.Score, isReverse: false);
