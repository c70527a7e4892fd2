using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>
/// Gives live items up when the policy allows it. It works a segment at a time, because only whole segments give memory
/// back: what is worth least in the segment goes, the rest is moved together. What is worth least is found by a sample
/// of the whole shard, so that a segment of often used items loses none.
/// </summary>
internal sealed class Evictor(
    SegmentHeap heap, LiveItems index, IUpkeepItems items, Compactor compactor, PrefixRules rules,
    EvictionPolicy policy, int seed)
{
    // The lowest fifth of the sample: of four bytes copied one comes free, and the sample of 32 puts the border within
    // a few hundredths of it.
    private const int SampleSize = 32;
    private const int SampleBorder = SampleSize / 5;

    private readonly Random _random = new(seed);
    private readonly long[] _sample = new long[SampleSize];
    private uint _anonymousFloor;
    private int _next;

    /// <summary>True when some sessions count as anonymous.</summary>
    public bool HasAnonymousRule { get; } = rules.Has(PrefixClass.Anonymous);

    /// <summary>Number of the oldest segment that may hold anonymous sessions, or the highest number when there is
    /// none.</summary>
    public uint OldestAnonymous()
    {
        int oldest = OldestOf(ExpiryClass.Anonymous, _anonymousFloor);
        return oldest == SegmentHeap.NoSegment ? uint.MaxValue : heap.Info(oldest).Sequence;
    }

    /// <summary>Gives up the anonymous sessions of the oldest segment that may hold any. They go by age, and segments
    /// are filled in the order of time.</summary>
    /// <param name="pinned">The key that memory is needed for: its own item stays.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when none went.</returns>
    public bool TryEvictAnonymous(in ItemKey pinned, long now)
    {
        int oldest = OldestOf(ExpiryClass.Anonymous, _anonymousFloor);
        if (oldest == SegmentHeap.NoSegment || !compactor.TryReserve(now))
        {
            return false;
        }

        uint sequence = heap.Info(oldest).Sequence;
        if (EvictFrom(oldest, LossReason.Anonymous, long.MaxValue, pinned, now))
        {
            return true;
        }

        // All its sessions are established by now, and it gets no new ones: nobody need look at it again.
        heap.Open.Seal(oldest);
        _anonymousFloor = sequence + 1;
        return false;
    }

    /// <summary>Gives up items of one segment: cached data, then what the policy says.</summary>
    /// <param name="pinned">The key that memory is needed for: its own item stays.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when the policy allows nothing more to be given up.</returns>
    public bool TryEvictSegment(in ItemKey pinned, long now)
    {
        if (TryEvictPrefixes(pinned, now))
        {
            return true;
        }

        return policy switch
        {
            EvictionPolicy.EvictLru => TryEvictAny(LossReason.LeastRecentlyUsed, pinned, now),
            EvictionPolicy.VolatileTtl => TryEvictAny(LossReason.ShortestTtl, pinned, now),
            _ => false,
        };
    }

    private bool TryEvictPrefixes(in ItemKey pinned, long now)
    {
        if (!rules.Has(PrefixClass.Evictable))
        {
            return false;
        }

        long border = BorderOf(LossReason.EvictablePrefix, now);
        uint floor = 0;
        while (true)
        {
            int oldest = OldestOf(ExpiryClass.Evictable, floor);
            if (oldest == SegmentHeap.NoSegment)
            {
                return false;
            }

            floor = heap.Info(oldest).Sequence + 1;
            if (EvictFrom(oldest, LossReason.EvictablePrefix, border, pinned, now))
            {
                return true;
            }
        }
    }

    private bool TryEvictAny(LossReason reason, in ItemKey pinned, long now)
    {
        long border = BorderOf(reason, now);
        for (int tries = heap.Segments.Count; tries > 0; tries--)
        {
            _next = _next <= 0 ? heap.Segments.Count - 1 : Math.Min(_next, heap.Segments.Count) - 1;
            if (EvictFrom(heap.Segments[_next], reason, border, pinned, now))
            {
                return true;
            }
        }

        return false;
    }

    private bool EvictFrom(int segment, LossReason reason, long border, in ItemKey pinned, long now)
    {
        int database = heap.Info(segment).Database;
        // Pages go with their items.
        if (database >= ItemStore.DatabaseCount)
        {
            return false;
        }

        if (segment == heap.Victim)
        {
            compactor.Finish(now);
            return true;
        }

        // Items given up from a segment that cannot be emptied then would be given up for nothing.
        if (heap.Info(segment).Use != UnitUse.Large && !compactor.TryReserve(now))
        {
            return false;
        }

        bool hasMadeRoom = EvictRecords(segment, database, reason, border, pinned, now);
        compactor.Settle();
        return hasMadeRoom;
    }

    private bool EvictRecords(
        int segment, int database, LossReason reason, long border, in ItemKey pinned, long now)
    {
        int evicted = 0;
        for (int block = 0; block < SegmentInfo.BlockCount; block++)
        {
            var walk = new BlockWalk(heap, segment, block);
            while (walk.MoveNext())
            {
                Record record = walk.Current;
                if (!record.IsLive || !IsVictim(record, reason, border, now)
                    || (pinned.Database == database && record.HasKey(pinned.Bytes))
                    || (record.Type != ItemType.String && items.IsPinned(record, database)))
                {
                    continue;
                }

                evicted++;
                if (items.Lose(record, database, reason, now))
                {
                    return true;
                }
            }
        }

        if (evicted > 0)
        {
            compactor.Empty(segment, now);
        }

        return evicted > 0;
    }

    private bool IsVictim(Record record, LossReason reason, long border, long now) => reason switch
    {
        LossReason.Anonymous => record.IsAnonymous && !record.WasRead,
        LossReason.EvictablePrefix => rules.IsEvictable(record.Key) && WorthOf(record, reason, now) <= border,
        _ => WorthOf(record, reason, now) <= border,
    };

    // Lower is worth less.
    private static long WorthOf(Record record, LossReason reason, long now) => reason != LossReason.ShortestTtl
        ? record.LastAccess(now)
        : record.ExpiresAt == 0 ? long.MaxValue : record.ExpiresAt;

    private long BorderOf(LossReason reason, long now)
    {
        int count = 0;
        for (int tries = 0; tries < SampleSize * 4 && count < SampleSize; tries++)
        {
            int database = _random.Next(tries < SampleSize ? 1 : ItemStore.DatabaseCount);
            if (index[database] is not { Count: > 0 } choice)
            {
                continue;
            }

            Record record = RandomPick.Choose(choice, _random, now);
            if (record.IsNone || (reason == LossReason.EvictablePrefix && !rules.IsEvictable(record.Key))
                || (reason == LossReason.ShortestTtl && record.ExpiresAt == 0))
            {
                continue;
            }

            _sample[count++] = WorthOf(record, reason, now);
        }

        if (count == 0)
        {
            // Nothing in the sample may go: whatever may go is rare, so all of it.
            return long.MaxValue - 1;
        }

        Array.Sort(_sample, 0, count);
        return _sample[Math.Min(SampleBorder, count - 1)];
    }

    private int OldestOf(int group, uint floor)
    {
        int oldest = SegmentHeap.NoSegment;
        for (int i = 0; i < heap.Segments.Count; i++)
        {
            ref SegmentInfo info = ref heap.Info(heap.Segments[i]);
            if (info.Class == group && info.Sequence >= floor
                && (oldest == SegmentHeap.NoSegment || info.Sequence < heap.Info(oldest).Sequence))
            {
                oldest = heap.Segments[i];
            }
        }

        return oldest;
    }
}
