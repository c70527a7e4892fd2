using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>
/// A long range of a large list, slice by slice. When the list is written to meanwhile it is begun again; after a few
/// times the places are taken as they are then.
/// </summary>
internal sealed class ElementListing(in RespCall call, long start, long stop)
    : CollectedReply(call, ElementHead.Array, ElementForm.Name)
{
    private const int EntriesPerSlice = 1024;
    private const int MostRestarts = 3;

    private ulong _cas;
    private int _restarts;

    protected override bool Collect(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        if (lists.View(key, call.Now, out CollectionView view) != Lookup.Found)
        {
            return true;
        }

        if (view.Cas != _cas && Writer.Count > 0 && _restarts++ < MostRestarts)
        {
            Restart(call);
        }

        _cas = view.Cas;
        var range = RankRange.Between(start, stop, view.Count);
        long before = Writer.Count;
        long wanted = Math.Min(EntriesPerSlice, range.Count - before);
        lists.Walk(key, range.First + before, wanted, isReverse: false, call.Now, Writer);
        return Writer.Count == before || Writer.Count >= range.Count;
    }
}
