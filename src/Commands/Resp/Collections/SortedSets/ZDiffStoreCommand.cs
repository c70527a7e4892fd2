namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZDIFFSTORE destination numkeys key [key ...].</summary>
internal sealed class ZDiffStoreCommand() : StoreCommand(
    new CommandDescriptor("zdiffstore", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys =
        [
            new KeySpec(KeyAccess.OW | KeyAccess.Update, 1),
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 2) { IsCounted = true },
        ],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Subtract multiple sorted sets and store the resulting sorted set in a new key",
        Complexity =
            "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the"
            + " size of the first set, and K is the size of the result set.",
    }, ScoreOperation.Difference);
