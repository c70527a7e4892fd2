using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// Members between two others in the order of their bytes, for sorted sets in which all have the same score:
/// <c>-</c>, <c>+</c>, <c>[member</c> or <c>(member</c>.
/// </summary>
internal readonly ref struct LexRange
{
    private readonly ReadOnlySpan<byte> _min;
    private readonly ReadOnlySpan<byte> _max;

    private LexRange(ReadOnlySpan<byte> min, ReadOnlySpan<byte> max)
    {
        _min = min;
        _max = max;
    }

    /// <summary>Reads the bounds, or writes the error.</summary>
    public static bool TryParse(scoped in RespCall call, int minPlace, int maxPlace, out LexRange range)
    {
        ReadOnlySpan<byte> min = call.Request[minPlace], max = call.Request[maxPlace];
        range = new LexRange(min, max);
        if (IsBound(min) && IsBound(max))
        {
            return true;
        }

        call.Error("-ERR min or max not valid string range item\r\n"u8);
        return false;
    }

    /// <summary>Ranks of the first member and of the one behind the last.</summary>
    public RankRange RanksIn(Shard shard, in ItemKey key, long count, long now)
    {
        var first = new MemberList();
        shard.Collections.SortedSets.Walk(key, 0, 1, isReverse: false, now, first);
        double score = first.Count == 0 ? 0 : first.ScoreAt(0);
        return new RankRange(
            RankOf(shard, key, score, _min, isMin: true, count, now),
            RankOf(shard, key, score, _max, isMin: false, count, now));
    }

    private static long RankOf(
        Shard shard, in ItemKey key, double score, ReadOnlySpan<byte> bound, bool isMin, long count, long now)
    {
        if (bound.Length == 1 && bound[0] is (byte)'-' or (byte)'+')
        {
            return bound[0] == '-' ? 0 : count;
        }

        // Behind a member is before the next one that there could be: itself with a zero byte.
        bool isBehind = isMin == (bound[0] == '(');
        Span<byte> place = isBehind ? new byte[bound.Length] : default;
        if (isBehind)
        {
            bound[1..].CopyTo(place);
        }

        shard.Collections.SortedSets.RankBefore(key, score, isBehind ? place : bound[1..], now, out long rank);
        return rank;
    }

    private static bool IsBound(ReadOnlySpan<byte> text) =>
        text is [(byte)'(' or (byte)'[', ..] || (text.Length == 1 && text[0] is (byte)'-' or (byte)'+');
}
