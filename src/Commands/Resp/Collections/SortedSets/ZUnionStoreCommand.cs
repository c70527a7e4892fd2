namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM | MIN | MAX].</summary>
internal sealed class ZUnionStoreCommand() : StoreCommand(
    new CommandDescriptor("zunionstore", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys =
        [
            new KeySpec(KeyAccess.OW | KeyAccess.Update, 1),
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 2) { IsCounted = true },
        ],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Add multiple sorted sets and store the resulting sorted set in a new key",
        Complexity =
            "O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the"
            + " number of elements in the resulting sorted set.",
    }, ScoreOperation.Union);
