using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZMPOP numkeys key [key ...] MIN | MAX [COUNT count]: from the first key that holds something.</summary>
internal sealed class ZMPopCommand() : ManyPopCommand(
    new CommandDescriptor("zmpop", -4, CommandFlags.Write | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "7.0.0",
        Summary = "Remove and return members with scores in a sorted set",
        Complexity =
            "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the"
            + " sorted set, and M being the number of elements popped.",
    }, "min"u8.ToArray(), "max"u8.ToArray())
{
    protected override Lookup Find(in RespCall call, in ItemKey key) =>
        call.Shard(key).Collections.SortedSets.Length(key, call.Now, out _);

    protected override void Pop(in RespCall call, in ItemKey key, long count, bool atEnd) =>
        ScorePop.Run(call, key, count, atEnd, PopHead.KeyAndNested);
}
