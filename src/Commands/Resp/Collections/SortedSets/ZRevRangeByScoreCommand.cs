namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count].</summary>
internal sealed class ZRevRangeByScoreCommand() : RangeCommand(
    new CommandDescriptor("zrevrangebyscore", -4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.2.0",
        Summary = "Return a range of members in a sorted set, by score, with scores ordered from high to low",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you"
            + " can consider it O(log(N)).",
    }, RangeKind.Score, isReverse: true);
