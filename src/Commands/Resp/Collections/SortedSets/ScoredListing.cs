using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// A long range of a large sorted set, slice by slice: each begins behind the last member that was answered, so what is
/// there all the time is answered once.
/// </summary>
internal sealed class ScoredListing(in RespCall call, ElementForm form, int keyPlace, RankRange ranks, bool isReverse)
    : CollectedReply(call, ElementHead.Array, form)
{
    private const int EntriesPerSlice = 1024;

    private readonly MemberList _slice = new();
    private byte[]? _last;
    private double _lastScore;

    protected override bool Collect(in RespCall call)
    {
        ItemKey key = call.Key(keyPlace);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
        if (sets.Length(key, call.Now, out long count) != Lookup.Found)
        {
            return true;
        }

        long start = isReverse ? count - ranks.End : ranks.First;
        if (_last is not null)
        {
            sets.RankBefore(key, _lastScore, _last, call.Now, out long rank);
            bool isThere = sets.Find(key, _last, call.Now, out double score) == Lookup.Found && score == _lastScore;
            start = isReverse ? count - rank : rank + (isThere ? 1 : 0);
        }

        _slice.Clear();
        long wanted = Math.Min(EntriesPerSlice, ranks.Count - Writer.Count);
        sets.Walk(key, start, wanted, isReverse, call.Now, _slice);
        for (int i = 0; i < _slice.Count; i++)
        {
            Writer.Write(_slice[i], _slice.ScoreAt(i));
        }

        if (_slice.Count == 0 || Writer.Count >= ranks.Count)
        {
            return true;
        }

        _last = _slice[_slice.Count - 1].ToArray();
        _lastScore = _slice.ScoreAt(_slice.Count - 1);
        return false;
    }
}
