using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>What a writer does when memory is out, in the order of what it costs the users.</summary>
internal sealed class Pressure(SegmentShard shard, SegmentItemStore store, EngineMemory memory, Evictor evictor)
{
    private const int WorthPercent = 4;
    private const int StepsPerTry = 2000;

    // Segments without an anonymous session that one write looks at: each is looked at once only, so that this ends soon.
    private const int MostFailures = 1000;

    private int _nextShard = shard.Index;

    private delegate bool Attempt(Pressure pressure, in ItemKey key, long needed, long now);

    /// <summary>False when a record of this length is above the whole limit.</summary>
    public bool CanEverFit(int length) => length < memory.Budget.Limit - memory.Budget.Reserve;

    /// <summary>Makes room for a record, if anything can be given up for it.</summary>
    /// <returns>False when nothing more can be done.</returns>
    public bool TryMakeRoom(in ItemKey key, int length, long now)
    {
        // One page more than the record, because it may start within a page; one more for the index.
        long needed = MemoryRegion.RoundUp(length) + (2 * MemoryRegion.PageBytes);
        return TryReclaim(needed, now)
            || TryOthers(key, needed, now, static (Pressure p, in ItemKey _, long n, long t) => p.TryReclaim(n, t))
            || TryEvictAnonymous(key, needed, now)
            || TryEvict(key, needed, now)
            || TryOthers(key, needed, now, static (Pressure p, in ItemKey k, long n, long t) => p.TryEvict(k, n, t));
    }

    // Everything that costs nobody anything: expired items, dead bytes.
    private bool TryReclaim(long needed, long now)
    {
        Maintenance maintenance = shard.Maintenance;
        while (maintenance.Sweep.IsDue(now))
        {
            int steps = StepsPerTry;
            maintenance.Sweep.Step(now, ref steps);
            if (memory.MakeRoom(needed))
            {
                return true;
            }
        }

        int compaction = StepsPerTry;
        while (maintenance.Compactor.IsAbove(1) && maintenance.Compactor.Step(now, ref compaction, WorthPercent))
        {
            compaction = StepsPerTry;
            if (memory.MakeRoom(needed))
            {
                return true;
            }
        }

        // The segment that upkeep has begun to empty: the tokens for it are few, and evicting needs one.
        maintenance.Compactor.Finish(now);
        return memory.MakeRoom(needed);
    }

    // From the oldest segment of the whole store: one shard alone may have given up all but its youngest already.
    private bool TryEvictAnonymous(in ItemKey key, long needed, long now)
    {
        for (int failures = 0; evictor.HasAnonymousRule && failures < MostFailures;)
        {
            if (ShardOfOldestAnonymous() is not { } oldest)
            {
                return false;
            }

            if (oldest != shard && !oldest.TryEnter())
            {
                failures++;
                continue;
            }

            bool hasEvicted = oldest.Pressure.EvictAnonymous(key, now);
            if (oldest != shard)
            {
                oldest.Exit();
            }

            if (memory.MakeRoom(needed))
            {
                return true;
            }

            failures += hasEvicted ? 0 : 1;
        }

        return false;
    }

    private bool EvictAnonymous(in ItemKey key, long now) => evictor.TryEvictAnonymous(key, now);

    private SegmentShard? ShardOfOldestAnonymous()
    {
        SegmentShard? best = null;
        uint bestSequence = uint.MaxValue;
        foreach (SegmentShard other in store.SegmentShards)
        {
            if (other != shard && (other.IsHeld || !other.TryEnter()))
            {
                continue;
            }

            uint sequence = other.Pressure.OldestAnonymous();
            if (other != shard)
            {
                other.Exit();
            }

            if (sequence < bestSequence)
            {
                bestSequence = sequence;
                best = other;
            }
        }

        return best;
    }

    private uint OldestAnonymous() => evictor.OldestAnonymous();

    private bool TryEvict(in ItemKey key, long needed, long now)
    {
        while (evictor.TryEvictSegment(key, now))
        {
            if (memory.MakeRoom(needed))
            {
                return true;
            }
        }

        return false;
    }

    // The other shards are only tried: waiting for their locks could be waiting in a circle, and one that the caller
    // holds itself may be where its spans point to.
    private bool TryOthers(in ItemKey key, long needed, long now, Attempt attempt)
    {
        for (int i = 0; i < ItemStore.ShardCount; i++)
        {
            SegmentShard other = store.SegmentShards[_nextShard];
            _nextShard = (_nextShard + 1) % ItemStore.ShardCount;
            if (other.IsHeld || !other.TryEnter())
            {
                continue;
            }

            try
            {
                if (attempt(other.Pressure, key, needed, now))
                {
                    return true;
                }
            }
            finally
            {
                other.Exit();
            }
        }

        return false;
    }
}
