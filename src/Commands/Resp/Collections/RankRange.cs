namespace SessionGateway.Commands.Resp.Collections;

/// <summary>A range of ranks in ascending order.</summary>
/// <param name="First">Rank of the first member.</param>
/// <param name="End">Rank behind the last one.</param>
internal readonly record struct RankRange(long First, long End)
{
    /// <summary>Number of members.</summary>
    public long Count => Math.Max(0, End - First);

    /// <summary>The range between two ranks as a client counts them: from the end when negative.</summary>
    public static RankRange Between(long start, long end, long count)
    {
        start = Math.Max(0, start < 0 ? start + count : start);
        end = Math.Min(count - 1, end < 0 ? end + count : end);
        return start > end ? default : new RankRange(start, end + 1);
    }

    /// <summary>The same range counted from the other end.</summary>
    public RankRange Reversed(long count) => new(count - End, count - First);

    /// <summary>Without the first members, and no more than some: negative means all.</summary>
    public RankRange Limited(long offset, long limit)
    {
        if (offset < 0 || offset >= Count)
        {
            return default;
        }

        long first = First + offset;
        return limit < 0 || limit > End - first ? new RankRange(first, End) : new RankRange(first, first + limit);
    }
}
