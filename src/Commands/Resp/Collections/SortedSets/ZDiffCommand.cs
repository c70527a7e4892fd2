namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZDIFF numkeys key [key ...] [WITHSCORES].</summary>
internal sealed class ZDiffCommand() : CombineCommand(
    new CommandDescriptor("zdiff", -3, CommandFlags.ReadOnly | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Subtract multiple sorted sets",
        Complexity =
            "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the"
            + " size of the first set, and K is the size of the result set.",
    }, ScoreOperation.Difference);
