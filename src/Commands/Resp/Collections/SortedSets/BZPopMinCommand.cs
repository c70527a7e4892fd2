using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>BZPOPMIN key [key ...] timeout.</summary>
internal sealed class BZPopMinCommand() : BlockingCommand(
    new CommandDescriptor("bzpopmin", -3,
        CommandFlags.Write | CommandFlags.NoScript | CommandFlags.Blocking | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1, -2)],
        Group = "sorted-set",
        Since = "5.0.0",
        Summary =
            "Remove and return the member with the lowest score from one or more sorted sets, or block until"
            + " one is available",
        Complexity = "O(log(N)) with N being the number of elements in the sorted set.",
    })
{
    public override ItemType Type => ItemType.SortedSet;

    protected override void Answer(in RespCall call, int place) =>
        ScorePop.Run(call, call.Key(place), 1, isMax: false, PopHead.Key);
}
