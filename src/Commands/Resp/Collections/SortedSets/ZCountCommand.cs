namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZCOUNT key min max.</summary>
internal sealed class ZCountCommand() : CountRangeCommand(
    new CommandDescriptor("zcount", 4, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.0.0",
        Summary = "Count the members in a sorted set with scores within the given values",
        Complexity = "O(log(N)) with N being the number of elements in the sorted set.",
    }, RangeKind.Score);
