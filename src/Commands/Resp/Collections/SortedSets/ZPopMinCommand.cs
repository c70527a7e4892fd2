namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZPOPMIN key [count].</summary>
internal sealed class ZPopMinCommand() : PopCommand(
    new CommandDescriptor("zpopmin", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "sorted-set",
        Since = "5.0.0",
        Summary = "Remove and return members with the lowest scores in a sorted set",
        Complexity =
            "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of"
            + " elements popped.",
    }, isMax: false);
