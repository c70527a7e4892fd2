namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANGEBYLEX key min max [LIMIT offset count].</summary>
internal sealed class ZRangeByLexCommand() : RangeCommand(
    new CommandDescriptor("zrangebylex", -4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.8.9",
        Summary = "Return a range of members in a sorted set, by lexicographical range",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you"
            + " can consider it O(log(N)).",
    }, RangeKind.Lex, isReverse: false);
