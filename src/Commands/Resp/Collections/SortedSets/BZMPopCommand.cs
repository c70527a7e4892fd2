using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>BZMPOP timeout numkeys key [key ...] MIN | MAX [COUNT count].</summary>
internal sealed class BZMPopCommand() : BlockingCommand(
    new CommandDescriptor("bzmpop", -5, CommandFlags.Write | CommandFlags.Blocking | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 2) { IsCounted = true }],
        Group = "sorted-set",
        Since = "7.0.0",
        Summary = "Remove and return members with scores in a sorted set or block until one is available",
        Complexity =
            "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the"
            + " sorted set, and M being the number of elements popped.",
    })
{
    public override ItemType Type => ItemType.SortedSet;

    protected override bool TryArguments(in RespCall call, out long milliseconds)
    {
        milliseconds = 0;
        return ManyPopOptions.TryParse(call, 2, "min"u8, "max"u8, out _, out _, out _)
            && TryTimeout(call, 1, out milliseconds);
    }

    protected override void Answer(in RespCall call, int place)
    {
        ManyPopOptions.TryParse(call, 2, "min"u8, "max"u8, out _, out bool isMax, out long count);
        ScorePop.Run(call, call.Key(place), count, isMax, PopHead.KeyAndNested);
    }
}
