using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// ZRANGESTORE destination source min max [BYSCORE | BYLEX] [REV] [LIMIT offset count].
/// </summary>
internal sealed class ZRangeStoreCommand() : RespCommand(
    new CommandDescriptor("zrangestore", -5, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1), new KeySpec(KeyAccess.RO | KeyAccess.Access, 2)],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Store a range of members from sorted set into another key",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " stored into the destination key.",
    })
{
    public override void Execute(in RespCall call)
    {
        RangeRequest request = default;
        if (request.TryParse(call, 3, RangeKind.Open, isReverse: null, stores: true))
        {
            call.Connection.Run(new CombinedStore(this, new RangeCombination(request), ItemType.SortedSet), call);
        }
    }
}
