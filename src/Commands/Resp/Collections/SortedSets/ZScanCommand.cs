using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZSCAN key cursor [MATCH pattern] [COUNT count].</summary>
internal sealed class ZScanCommand() : ElementScan(
    new CommandDescriptor("zscan", -3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "2.8.0",
        Summary = "Incrementally iterate sorted sets elements and associated scores",
        Complexity =
            "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor"
            + " to return back to 0. N is the number of elements inside the collection..",
    }, ElementForm.MemberAndScoreText)
{
    protected override ItemType Type => ItemType.SortedSet;

    protected override void Step(
        in RespCall call, Shard shard, in ItemKey key, ulong cursor, int count, IElementVisitor visitor,
        out ulong next) => shard.Collections.SortedSets.Scan(key, cursor, count, call.Now, visitor, out next);
}
