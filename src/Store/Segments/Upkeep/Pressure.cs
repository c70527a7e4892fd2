using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>What a writer does when memory is out, in the order of what it costs the users.</summary>
internal sealed class Pressure(
    INeighbour self, IReadOnlyList<INeighbour> all, SegmentHeap heap, IUpkeepItems items, ExpirySweep sweep,
    Compactor compactor, Evictor evictor, EngineMemory memory, int firstNeighbour)
{
    // Dead bytes in a hundred that make a segment worth emptying: for new items, and for those who are in the store.
    private const int WorthPercent = 4;
    private const int LeastWorthPercent = 1;
    private const int TrimMilliseconds = 1000;
    private const int StepsPerTry = 2000;

    // Segments without an anonymous session that one write looks at: each is looked at once only, so that this ends
    // soon.
    private const int MostFailures = 1000;

    private int _nextShard = firstNeighbour;
    private long _trimmedAt;

    private delegate bool Attempt(
        Pressure pressure, in ItemKey key, long needed, MemoryRoom room, long now);

    /// <summary>False when a record of this length is above the whole limit.</summary>
    public bool CanEverFit(int length) => length < memory.Budget.EndOf(MemoryRoom.New);

    /// <summary>Makes room, if anything can be given up for it.</summary>
    /// <param name="key">The key that memory is needed for: its own item stays.</param>
    /// <param name="needed">Bytes.</param>
    /// <param name="room">How far the writer may go.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when nothing more can be done.</returns>
    public bool TryMakeRoom(in ItemKey key, long needed, MemoryRoom room, long now) =>
        TryReclaim(needed, room, now)
        || TryOthers(key, needed, room, now,
            static (Pressure p, in ItemKey _, long n, MemoryRoom r, long t) => p.TryReclaim(n, r, t))
        || TryEvictAnonymous(key, needed, room, now)
        || TryEvict(key, needed, room, now)
        || TryOthers(key, needed, room, now,
            static (Pressure p, in ItemKey k, long n, MemoryRoom r, long t) => p.TryEvict(k, n, r, t));

    // Everything that costs nobody anything: expired items, unused ends of segments, dead bytes.
    private bool TryReclaim(long needed, MemoryRoom room, long now)
    {
        while (sweep.IsDue(now))
        {
            int steps = StepsPerTry;
            sweep.Step(now, ref steps, endsFields: false);
            if (memory.MakeRoom(needed, room))
            {
                return true;
            }
        }

        int pages = int.MaxValue;
        items.ReclaimPages(ref pages);
        Trim(now);
        if (memory.MakeRoom(needed, room))
        {
            return true;
        }

        int worth = room == MemoryRoom.New ? WorthPercent : LeastWorthPercent;
        int work = StepsPerTry;
        while (compactor.MayFree(worth) && compactor.Step(now, ref work, worth))
        {
            work = StepsPerTry;
            if (memory.MakeRoom(needed, room))
            {
                return true;
            }
        }

        // The segment that upkeep has begun to empty: the tokens for it are few, and evicting needs one.
        compactor.Finish(now);
        return memory.MakeRoom(needed, room);
    }

    private void Trim(long now)
    {
        heap.Open.TrimAll();
        if (Math.Abs(now - _trimmedAt) >= TrimMilliseconds)
        {
            heap.TrimAll();
            _trimmedAt = now;
        }
    }

    // From the oldest segment of the whole store: one shard alone may have given up all but its youngest already.
    private bool TryEvictAnonymous(in ItemKey key, long needed, MemoryRoom room, long now)
    {
        for (int failures = 0; evictor.HasAnonymousRule && failures < MostFailures;)
        {
            if (ShardOfOldestAnonymous() is not { } oldest)
            {
                return false;
            }

            if (oldest != self && !oldest.TryEnter())
            {
                failures++;
                continue;
            }

            bool hasEvicted = oldest.Pressure.EvictAnonymous(key, now);
            if (oldest != self)
            {
                oldest.Exit();
            }

            if (memory.MakeRoom(needed, room))
            {
                return true;
            }

            failures += hasEvicted ? 0 : 1;
        }

        return false;
    }

    private bool EvictAnonymous(in ItemKey key, long now) => evictor.TryEvictAnonymous(key, now);

    private INeighbour? ShardOfOldestAnonymous()
    {
        INeighbour? best = null;
        uint bestSequence = uint.MaxValue;
        foreach (INeighbour other in all)
        {
            if (other != self && (other.IsHeld || !other.TryEnter()))
            {
                continue;
            }

            uint sequence = other.Pressure.OldestAnonymous();
            if (other != self)
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

    private bool TryEvict(in ItemKey key, long needed, MemoryRoom room, long now)
    {
        while (evictor.TryEvictSegment(key, now))
        {
            // Those of collections that were just given up.
            int pages = int.MaxValue;
            items.ReclaimPages(ref pages);
            if (memory.MakeRoom(needed, room))
            {
                return true;
            }
        }

        return false;
    }

    // The other shards are only tried: waiting for their locks could be waiting in a circle, and one that the caller
    // holds itself may be where its spans point to.
    private bool TryOthers(in ItemKey key, long needed, MemoryRoom room, long now, Attempt attempt)
    {
        for (int i = 0; i < memory.Shards; i++)
        {
            INeighbour other = all[_nextShard];
            _nextShard = (_nextShard + 1) % memory.Shards;
            if (other.IsHeld || !other.TryEnter())
            {
                continue;
            }

            try
            {
                if (attempt(other.Pressure, key, needed, room, now))
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
