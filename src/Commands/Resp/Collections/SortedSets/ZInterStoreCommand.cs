namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZINTERSTORE destination numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM | MIN | MAX].</summary>
internal sealed class ZInterStoreCommand() : StoreCommand(
    new CommandDescriptor("zinterstore", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys =
        [
            new KeySpec(KeyAccess.OW | KeyAccess.Update, 1),
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 2) { IsCounted = true },
        ],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Intersect multiple sorted sets and store the resulting sorted set in a new key",
        Complexity =
            "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of"
            + " input sorted sets and M being the number of elements in the resulting sorted set.",
    }, ScoreOperation.Intersection);
