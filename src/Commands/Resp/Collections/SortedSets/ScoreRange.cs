using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>Members between two scores, each of which may belong to the range or not.</summary>
internal readonly struct ScoreRange(double min, bool isMinOut, double max, bool isMaxOut)
{
    /// <summary>Reads the bounds, or writes the error.</summary>
    public static bool TryParse(in RespCall call, int minPlace, int maxPlace, out ScoreRange range)
    {
        bool isValid = TryBound(call[minPlace], out double min, out bool isMinOut);
        isValid &= TryBound(call[maxPlace], out double max, out bool isMaxOut);
        range = new ScoreRange(min, isMinOut, max, isMaxOut);
        if (!isValid)
        {
            call.Error("-ERR min or max is not a float\r\n"u8);
        }

        return isValid;
    }

    /// <summary>Ranks of the first member and of the one behind the last.</summary>
    public RankRange RanksIn(Shard shard, in ItemKey key, long count, long now) =>
        new(RankOf(shard, key, min, isMinOut, count, now), RankOf(shard, key, max, !isMaxOut, count, now));

    // How many are before a score, or before all that are beyond it.
    private static long RankOf(Shard shard, in ItemKey key, double score, bool isBehind, long count, long now)
    {
        if (isBehind && double.IsPositiveInfinity(score))
        {
            return count;
        }

        double place = isBehind ? double.BitIncrement(score) : score;
        shard.Collections.SortedSets.RankBefore(key, place, default, now, out long rank);
        return rank;
    }

    private static bool TryBound(ReadOnlySpan<byte> text, out double value, out bool isOut)
    {
        isOut = text is [(byte)'(', ..];
        return RedisDouble.TryParseBound(isOut ? text[1..] : text, out value);
    }
}
