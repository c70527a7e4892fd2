using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANGE and its kin: key min max and options.</summary>
internal abstract class RangeCommand(CommandDescriptor descriptor, RangeKind kind, bool? isReverse)
    : RespCommand(descriptor)
{
    // Members that are written while the shard is held; longer ranges of large sets go slice by slice.
    private const int MostAtOnce = 512;

    public override void Execute(in RespCall call)
    {
        RangeRequest request = default;
        if (!request.TryParse(call, 2, kind, isReverse, stores: false))
        {
            return;
        }

        ElementForm form = request.HasScores ? ElementForm.MemberScorePair : ElementForm.Name;
        if (!TryWrite(call, request, form, out RankRange ranks))
        {
            call.Connection.Run(new ScoredListing(call, form, 1, ranks, request.IsReverse), call);
        }
    }

    private static bool TryWrite(in RespCall call, in RangeRequest request, ElementForm form, out RankRange ranks)
    {
        ranks = default;
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
        Lookup found = sets.View(key, call.Now, out CollectionView view);
        if (call.Refuses(found))
        {
            return true;
        }

        if (found == Lookup.Absent)
        {
            call.Output.WriteArray(0);
            return true;
        }

        ranks = request.RanksIn(call, scope.Shard, key, view.Count);
        if (ranks.Count > MostAtOnce && view.IsLarge)
        {
            return false;
        }

        ElementWriter.WriteHead(call.Output, ElementHead.Array, form, ranks.Count, call.Version);
        if (ranks.Count > 0)
        {
            long start = request.IsReverse ? view.Count - ranks.End : ranks.First;
            sets.Walk(
                key, start, ranks.Count, request.IsReverse, call.Now,
                new ElementWriter(call.Output, call.Version, form));
        }

        return true;
    }
}
