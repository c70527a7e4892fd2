using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>A range of the sorted set in argument 2: ZRANGESTORE.</summary>
internal sealed class RangeCombination(RangeRequest request) : Combination
{
    private readonly MemberList _slice = new();
    private RankRange _ranks;
    private long _visited;

    public override int Sources => 1;

    public override int PlaceOf(int source) => 2;

    public override bool TryBegin(in RespCall call)
    {
        ItemKey key = call.Key(2);
        Shard shard = call.Shard(key);
        Lookup found = shard.Collections.SortedSets.Length(key, call.Now, out long count);
        if (call.Refuses(found, 2))
        {
            return false;
        }

        _visited = 0;
        _ranks = found == Lookup.Found ? request.RanksIn(call, shard, key, count) : default;
        Work = _ranks.Count;
        return true;
    }

    public override bool Next(in RespCall call, IMemberSink sink)
    {
        ItemKey key = call.Key(2);
        long wanted = Math.Min(EntriesPerSlice, _ranks.Count - _visited);
        _slice.Clear();
        if (wanted > 0)
        {
            call.Shard(key).Collections.SortedSets.Walk(
                key, _ranks.First + _visited, wanted, isReverse: false, call.Now, _slice);
        }

        for (int i = 0; i < _slice.Count; i++)
        {
            sink.Add(_slice[i], _slice.ScoreAt(i));
        }

        _visited += _slice.Count;
        return _slice.Count == 0 || _visited >= _ranks.Count;
    }
}
