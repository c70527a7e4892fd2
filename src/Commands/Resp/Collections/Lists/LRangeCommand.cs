using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LRANGE key start stop. Long ranges of large lists are answered in turns.</summary>
internal sealed class LRangeCommand() : RespCommand(
    new CommandDescriptor("lrange", 4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Get a range of elements from a list",
        Complexity =
            "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD"
            + " or TAIL) for large lists; and N is the number of elements in the specified range.",
    })
{
    // Elements that are written while the shard is held.
    private const int MostAtOnce = 512;

    public override void Execute(in RespCall call)
    {
        if (call.TryInteger(2, out long start) && call.TryInteger(3, out long stop)
            && !TryWrite(call, start, stop))
        {
            call.Connection.Run(new ElementListing(call, start, stop), call);
        }
    }

    private static bool TryWrite(in RespCall call, long start, long stop)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        if (call.Refuses(lists.View(key, call.Now, out CollectionView view)))
        {
            return true;
        }

        var range = RankRange.Between(start, stop, view.Count);
        if (view.IsLarge && range.Count > MostAtOnce)
        {
            return false;
        }

        call.Output.WriteArray((int)range.Count);
        if (range.Count > 0)
        {
            var writer = new ElementWriter(call.Output, call.Version, ElementForm.Name);
            lists.Walk(key, range.First, range.Count, isReverse: false, call.Now, writer);
        }

        return true;
    }
}
