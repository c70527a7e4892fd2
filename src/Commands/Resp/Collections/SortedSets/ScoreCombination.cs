using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// <c>numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM | MIN | MAX] [WITHSCORES] [LIMIT limit]</c> and what it
/// means (redis 7 t_zset.c, zunionInterDiffGenericCommand). Sets count as sorted sets in which every score is 1.
/// </summary>
/// <param name="operation">How.</param>
/// <param name="name">The command's name, for its error.</param>
/// <param name="at">Where the number of keys stands.</param>
/// <param name="stores">A command that stores has no WITHSCORES.</param>
/// <param name="counts">A command that counts has LIMIT and nothing else.</param>
internal sealed class ScoreCombination(ScoreOperation operation, string name, int at, bool stores, bool counts)
    : MemberCombination
{
    private ScoreSource[] _sources = [];
    private ScoreAggregate _aggregate;
    private long _limit;
    private bool _isPlain;

    /// <summary>WITHSCORES.</summary>
    public bool HasScores { get; private set; }

    public override int Sources => _sources.Length;

    public override int PlaceOf(int source) => at + 1 + source;

    /// <summary>Reads the number of keys, or writes the error.</summary>
    public bool TryParse(in RespCall call)
    {
        if (!call.TryInteger(at, out long number))
        {
            return false;
        }

        if (number < 1)
        {
            call.Error($"ERR at least 1 input key is needed for '{name}' command");
            return false;
        }

        if (number > call.Count - at - 1)
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        _sources = new ScoreSource[number];
        for (int i = 0; i < _sources.Length; i++)
        {
            _sources[i] = new ScoreSource(at + 1 + i, 1, 0);
        }

        return true;
    }

    /// <summary>Looks at types and sizes, then at the options behind the keys, or writes the error.</summary>
    public override bool TryBegin(in RespCall call)
    {
        if (!TryParse(call))
        {
            return false;
        }

        for (int i = 0; i < _sources.Length; i++)
        {
            ItemKey key = call.Key(_sources[i].Place);
            if (!call.Shard(key).TryPeek(key, call.Now, out ItemView item))
            {
                continue;
            }

            if (item.Type is not (ItemType.SortedSet or ItemType.Set))
            {
                call.Error(RespErrors.WrongType);
                return false;
            }

            _sources[i] = _sources[i] with { Count = ShardCollections.Describe(item).Count };
        }

        if (!TryOptions(call, at + 1 + _sources.Length))
        {
            return false;
        }

        // From the smallest to the largest, as scores are added in Redis.
        _sources = operation == ScoreOperation.Difference
            ? _sources : [.. _sources.OrderBy(source => source.Count)];
        bool isUnion = operation == ScoreOperation.Union;
        long all = _sources.Sum(source => source.Count);
        long lookUps = ((isUnion ? all : _sources[0].Count) + 1) * _sources.Length;
        bool gathers = operation != ScoreOperation.Intersection && _sources.Length > FewSources
            && WorkOf(all) + _sources.Length < lookUps;
        Work = gathers ? WorkOf(all) + _sources.Length : lookUps;
        Begin(0, gathers || isUnion ? _sources.Length - 1 : 0, gathers);
        return true;
    }

    protected override bool IsOver(GatheredMembers gathered) =>
        operation == ScoreOperation.Difference && gathered.IsEmptied;

    protected override bool IsEnough(IMemberSink sink) => _limit != 0 && sink.Count >= _limit;

    protected override void ReadSlice(in RespCall call, int source, ref ulong cursor, MemberList slice)
    {
        ItemKey key = call.Key(_sources[source].Place);
        ShardCollections collections = call.Shard(key).Collections;
        _isPlain = collections.Sets.Length(key, call.Now, out _) == Lookup.Found;
        if (_isPlain)
        {
            collections.Sets.ScanOnce(key, cursor, EntriesPerSlice, call.Now, slice, out cursor);
            return;
        }

        collections.SortedSets.Walk(key, (long)cursor, EntriesPerSlice, false, call.Now, slice);
        cursor = slice.Count < EntriesPerSlice ? 0 : cursor + EntriesPerSlice;
    }

    protected override void Give(in RespCall call, ReadOnlySpan<byte> member, IMemberSink sink)
    {
        if (TryScore(call, member, out double score))
        {
            sink.Add(member, score);
        }
    }

    protected override void Gather(
        in RespCall call, GatheredMembers gathered, ReadOnlySpan<byte> member, double score, IMemberSink sink)
    {
        score = _isPlain ? 1 : score;
        if (operation == ScoreOperation.Difference)
        {
            if (Source == 0)
            {
                gathered.Put(member, score, isNew: true);
            }
            else
            {
                gathered.TakeOut(member);
            }

            return;
        }

        double weighted = Weighted(score, Source);
        bool isThere = gathered.TryFind(member, out double total);
        double sum = isThere ? Aggregated(total, weighted) : weighted;
        if (!isThere || BitConverter.DoubleToInt64Bits(sum) != BitConverter.DoubleToInt64Bits(total))
        {
            gathered.Put(member, sum, isNew: !isThere);
        }
    }

    // Whether a member of a source belongs to the result and was not found in a source before.
    private bool TryScore(in RespCall call, ReadOnlySpan<byte> member, out double total)
    {
        total = 0;
        bool isFirst = true;
        for (int i = 0; i < _sources.Length; i++)
        {
            Looked++;
            bool isThere = TryFind(call, _sources[i].Place, member, out double score);
            if (operation switch
            {
                ScoreOperation.Union => isThere && i < Source,
                ScoreOperation.Intersection => !isThere,
                _ => isThere && i > 0,
            })
            {
                return false;
            }

            if (isThere)
            {
                // Of an intersection only the first product is looked at by itself (t_zset.c).
                bool isRaw = operation == ScoreOperation.Intersection && !isFirst;
                double weighted = isRaw ? score * _sources[i].Weight : Weighted(score, i);
                total = isFirst ? weighted : Aggregated(total, weighted);
                isFirst = false;
            }
        }

        return true;
    }

    private double Weighted(double score, int source)
    {
        double weighted = score * _sources[source].Weight;
        return double.IsNaN(weighted) ? 0 : weighted;
    }

    private double Aggregated(double left, double right)
    {
        switch (_aggregate)
        {
            case ScoreAggregate.Sum:
                double sum = left + right;
                return double.IsNaN(sum) ? 0 : sum;
            case ScoreAggregate.Min:
                return right < left ? right : left;
            default:
                return right > left ? right : left;
        }
    }

    private static bool TryFind(in RespCall call, int place, ReadOnlySpan<byte> member, out double score)
    {
        ItemKey key = call.Key(place);
        ShardCollections collections = call.Shard(key).Collections;
        Lookup found = collections.SortedSets.Find(key, member, call.Now, out score);
        if (found != Lookup.WrongType)
        {
            return found == Lookup.Found;
        }

        score = 1;
        return collections.Sets.Find(key, member, call.Now) == Lookup.Found;
    }

    private bool TryOptions(in RespCall call, int first)
    {
        for (int i = first; i < call.Count; i++)
        {
            int left = call.Count - i - 1;
            bool isWeighed = operation != ScoreOperation.Difference && !counts;
            if (isWeighed && left >= _sources.Length && call.Is(i, "weights"u8))
            {
                if (!TryWeights(call, i + 1))
                {
                    return false;
                }

                i += _sources.Length;
            }
            else if (isWeighed && left >= 1 && call.Is(i, "aggregate"u8))
            {
                if (!TryAggregate(call, ++i))
                {
                    return false;
                }
            }
            else if (!stores && !counts && call.Is(i, "withscores"u8))
            {
                HasScores = true;
            }
            else if (counts && left >= 1 && call.Is(i, "limit"u8))
            {
                if (!RespNumbers.TryInt64(call[++i], out long limit) || limit < 0)
                {
                    call.Error("-ERR LIMIT can't be negative\r\n"u8);
                    return false;
                }

                _limit = limit;
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        return true;
    }

    private bool TryWeights(in RespCall call, int first)
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            if (!RedisDouble.TryParse(call[first + i], out double weight))
            {
                call.Error("-ERR weight value is not a float\r\n"u8);
                return false;
            }

            _sources[i] = _sources[i] with { Weight = weight };
        }

        return true;
    }

    private bool TryAggregate(in RespCall call, int at)
    {
        _aggregate = call.Is(at, "min"u8) ? ScoreAggregate.Min
            : call.Is(at, "max"u8) ? ScoreAggregate.Max
            : ScoreAggregate.Sum;
        if (_aggregate == ScoreAggregate.Sum && !call.Is(at, "sum"u8))
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        return true;
    }
}
