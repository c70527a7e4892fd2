namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREMRANGEBYLEX key min max.</summary>
internal sealed class ZRemRangeByLexCommand() : RemoveRangeCommand(
    new CommandDescriptor("zremrangebylex", 4, CommandFlags.Write)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "sorted-set",
        Since = "2.8.9",
        Summary = "Remove all members in a sorted set between the given lexicographical range",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " removed by the operation.",
    }, RangeKind.Lex);
