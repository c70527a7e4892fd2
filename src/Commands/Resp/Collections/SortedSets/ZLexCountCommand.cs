namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZLEXCOUNT key min max.</summary>
internal sealed class ZLexCountCommand() : CountRangeCommand(
    new CommandDescriptor("zlexcount", 4, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.8.9",
        Summary = "Count the number of members in a sorted set between a given lexicographical range",
        Complexity = "O(log(N)) with N being the number of elements in the sorted set.",
    }, RangeKind.Lex);
