namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREVRANK key member [WITHSCORE].</summary>
internal sealed class ZRevRankCommand() : RankCommand(
    new CommandDescriptor("zrevrank", -3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Determine the index of a member in a sorted set, with scores ordered from high to low",
        Complexity = "O(log(N))",
    }, isReverse: true);
