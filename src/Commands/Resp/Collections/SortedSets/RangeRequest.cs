using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// min max and the options of ZRANGE and its kin (redis 7 t_zset.c, zrangeGenericCommand).
/// </summary>
internal struct RangeRequest
{
    private long _offset;
    private long _limit;
    private long _start;
    private long _end;
    private ScoreRange _scores;
    private int _min;
    private int _max;

    /// <summary>WITHSCORES.</summary>
    public bool HasScores { get; private set; }

    /// <summary>In descending order.</summary>
    public bool IsReverse { get; private set; }

    /// <summary>What the bounds are.</summary>
    public RangeKind Kind { get; private set; }

    /// <summary>Reads it, or writes the error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="first">Argument of the first bound.</param>
    /// <param name="kind">What the bounds are, when the command says it.</param>
    /// <param name="isReverse">The direction, when the command says it.</param>
    /// <param name="stores">A command that stores has no WITHSCORES.</param>
    public bool TryParse(in RespCall call, int first, RangeKind kind, bool? isReverse, bool stores)
    {
        Kind = kind;
        _limit = -1;
        for (int i = first + 2; i < call.Count; i++)
        {
            if (!stores && call.Is(i, "withscores"u8))
            {
                HasScores = true;
            }
            else if (i + 2 < call.Count && call.Is(i, "limit"u8))
            {
                if (!call.TryInteger(i + 1, out _offset) || !call.TryInteger(i + 2, out _limit))
                {
                    return false;
                }

                i += 2;
            }
            else if (isReverse is null && !IsReverse && call.Is(i, "rev"u8))
            {
                IsReverse = true;
            }
            else if (kind == RangeKind.Open && Kind == RangeKind.Open && call.Is(i, "bylex"u8))
            {
                Kind = RangeKind.Lex;
            }
            else if (kind == RangeKind.Open && Kind == RangeKind.Open && call.Is(i, "byscore"u8))
            {
                Kind = RangeKind.Score;
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        IsReverse = isReverse ?? IsReverse;
        Kind = Kind == RangeKind.Open ? RangeKind.Rank : Kind;
        return TryBounds(call, first);
    }

    /// <summary>The members that are meant, as ascending ranks. The shard is held.</summary>
    public readonly RankRange RanksIn(in RespCall call, Shard shard, in ItemKey key, long count)
    {
        if (Kind == RangeKind.Rank)
        {
            var range = RankRange.Between(_start, _end, count);
            return IsReverse && range.Count > 0 ? range.Reversed(count) : range;
        }

        RankRange ranks = default;
        if (Kind == RangeKind.Score)
        {
            ranks = _scores.RanksIn(shard, key, count, call.Now);
        }
        else if (LexRange.TryParse(call, _min, _max, out LexRange range))
        {
            ranks = range.RanksIn(shard, key, count, call.Now);
        }

        ranks = ranks.Count == 0 ? default : ranks;
        return IsReverse
            ? ranks.Reversed(count).Limited(_offset, _limit).Reversed(count)
            : ranks.Limited(_offset, _limit);
    }

    private bool TryBounds(in RespCall call, int first)
    {
        if (_limit != -1 && Kind == RangeKind.Rank)
        {
            call.Error("-ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX\r\n"u8);
            return false;
        }

        if (HasScores && Kind == RangeKind.Lex)
        {
            call.Error("-ERR syntax error, WITHSCORES not supported in combination with BYLEX\r\n"u8);
            return false;
        }

        _min = IsReverse && Kind != RangeKind.Rank ? first + 1 : first;
        _max = IsReverse && Kind != RangeKind.Rank ? first : first + 1;
        return Kind switch
        {
            RangeKind.Rank => call.TryInteger(_min, out _start) && call.TryInteger(_max, out _end),
            RangeKind.Score => ScoreRange.TryParse(call, _min, _max, out _scores),
            _ => LexRange.TryParse(call, _min, _max, out _),
        };
    }
}
