namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANK key member [WITHSCORE].</summary>
internal sealed class ZRankCommand() : RankCommand(
    new CommandDescriptor("zrank", -3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Determine the index of a member in a sorted set",
        Complexity = "O(log(N))",
    }, isReverse: false);
