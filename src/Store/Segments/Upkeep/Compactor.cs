using System.Diagnostics;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>
/// Empties segments with many dead bytes: their live records are copied to where new records go, a few at a time, and
/// are grouped anew by what is left of their life.
/// </summary>
internal sealed unsafe class Compactor(
    SegmentHeap heap, LiveItems index, IUpkeepItems items, PrefixRules rules, EngineMemory memory)
{
    /// <summary>Dead bytes in a hundred that a shard is left with in peace.</summary>
    public const int RestPercent = 2;

    /// <summary>Dead bytes in a hundred at which a round of upkeep goes on until there are fewer.</summary>
    public const int BusyPercent = 8;

    /// <summary>Dead bytes in a hundred at which writers pay for compaction as they write.</summary>
    public const int UrgentPercent = 12;

    /// <summary>Dead bytes in a hundred that make a segment worth emptying: it costs 19 copied bytes per freed
    /// one.</summary>
    public const int WorthPercent = 5;

    /// <summary>The same while writers draw on the reserve: 49 copied bytes per freed one.</summary>
    public const int ShortWorthPercent = 2;

    // What a writer of a record moves when dead bytes are urgent: at 12 in a hundred the worst segments have about 30
    // and give one byte back for two or three that are copied.
    private const int CopiesPerWrite = 3;

    // Below a few pages per shard there is nothing to win; a 32nd of a small store's shard is less.
    private const int MostLeastDeadBytes = 16 << 10;
    private const int BytesPerStep = 256;
    private const int StepsPerRecord = 5;

    private readonly int _leastDeadBytes = (int)Math.Clamp(
        memory.Budget.Limit / memory.Shards / 32, MemoryRegion.PageBytes, MostLeastDeadBytes);

    // A shard of a small store has few pages: what all of them leave dead must stay well below the reserve.
    private readonly int _leastYield = (int)Math.Clamp(
        memory.Budget.Limit / memory.Shards / 256, MemoryRegion.PageBytes / 8, MemoryRegion.PageBytes);

    private bool _hasToken;
    private int _offset;

    // What had ended when no segment was worth it, and how much it would have had to be worth.
    private long _barrenAt = long.MinValue / 2;
    private int _barrenPercent;

    /// <summary>True when dead bytes are more than so many in a hundred.</summary>
    public bool IsAbove(int percent) =>
        heap.DeadBytes * 100 > (heap.DeadBytes + heap.LiveBytes) * percent && heap.DeadBytes > _leastDeadBytes;

    /// <summary>True when a segment can be worth emptying for a writer who is short of memory.</summary>
    public bool MayFree(int worthPercent) =>
        heap.Victim != SegmentHeap.NoSegment || (heap.DeadBytes >= _leastYield && !IsBarren(worthPercent));

    /// <summary>Bytes copied since the start.</summary>
    public long CopiedBytes { get; private set; }

    /// <summary>A writer's share, when dead bytes come faster than upkeep frees them.</summary>
    public void PayForWrite(int length, long now)
    {
        if (IsAbove(UrgentPercent))
        {
            int steps = CopiesPerWrite * (1 + StepsPerRecord + (length / BytesPerStep));
            Step(now, ref steps);
        }
    }

    /// <summary>Gives the token back that a victim left which came free by itself.</summary>
    public void Settle()
    {
        if (heap.Victim == SegmentHeap.NoSegment)
        {
            GiveToken();
        }
    }

    /// <summary>Goes on with a segment, or chooses one that is worth it.</summary>
    /// <returns>False when there is nothing to do.</returns>
    public bool Step(long now, ref int steps, int worthPercent = WorthPercent)
    {
        if (heap.Victim == SegmentHeap.NoSegment && !TryChoose(worthPercent))
        {
            return false;
        }

        int victim = heap.Victim;
        if (heap.Info(victim).Database >= ShardSnapshot.FirstRetained)
        {
            GiveUp();
            return true;
        }

        Debug.Assert(_hasToken, "a segment is emptied without a token");
        Debug.Assert(heap.Info(victim).Use == UnitUse.Sealed, "a segment is emptied that still takes records");
        int database = heap.Info(victim).Database;
        while (steps > 0)
        {
            var record = new Record(heap.AddressOf(victim) + _offset);
            int length = record.Length;
            steps--;
            if (record.IsLive)
            {
                CopiedBytes += length;
                steps -= StepsPerRecord + (length / BytesPerStep);
                if (!TryMove(record, length, database, now))
                {
                    GiveUp();
                    return false;
                }

                if (heap.Victim == SegmentHeap.NoSegment)
                {
                    GiveToken();
                    return true;
                }
            }

            _offset += length;
        }

        return true;
    }

    /// <summary>Makes sure that <see cref="Empty"/> will not fail for want of a token.</summary>
    /// <returns>False when other shards hold all of them.</returns>
    public bool TryReserve(long now)
    {
        Finish(now);
        return TryTakeToken();
    }

    /// <summary>Empties one segment at once; after <see cref="TryReserve"/>.</summary>
    public void Empty(int segment, long now)
    {
        Debug.Assert(_hasToken, "items were given up from a segment that cannot be emptied");
        if (heap.Info(segment).Use is UnitUse.Open or UnitUse.Sealed && TryStart(segment))
        {
            Finish(now);
        }
    }

    /// <summary>Brings the segment that is being emptied to its end, which gives its memory and its token
    /// back.</summary>
    public void Finish(long now)
    {
        int steps = int.MaxValue;
        while (heap.Victim != SegmentHeap.NoSegment && Step(now, ref steps))
        {
        }
    }

    private bool TryChoose(int worthPercent)
    {
        if (IsBarren(worthPercent))
        {
            return false;
        }

        int best = SegmentHeap.NoSegment;
        long bestShare = worthPercent;
        for (int i = 0; i < heap.Segments.Count; i++)
        {
            ref SegmentInfo info = ref heap.Info(heap.Segments[i]);
            if (info.Use == UnitUse.Large || info.Used < _leastDeadBytes
                || info.Database >= ShardSnapshot.FirstRetained)
            {
                continue;
            }

            long share = (info.Used - info.Live) * 100L / info.Used;
            if (share >= bestShare)
            {
                bestShare = share + 1;
                best = heap.Segments[i];
            }
        }

        if (best == SegmentHeap.NoSegment)
        {
            _barrenAt = heap.EndedBytes;
            _barrenPercent = worthPercent;
        }

        return best != SegmentHeap.NoSegment && TryStart(best);
    }

    // Looking at all segments for nothing costs a miss of the cache for each: not before some more bytes are dead.
    private bool IsBarren(int worthPercent) =>
        worthPercent >= _barrenPercent && heap.EndedBytes - _barrenAt < _leastYield;

    private bool TryStart(int segment)
    {
        if (!TryTakeToken())
        {
            return false;
        }

        Debug.Assert(heap.Victim == SegmentHeap.NoSegment, "a segment is being emptied already");
        heap.Open.Seal(segment);
        heap.Victim = segment;
        _offset = 0;
        return true;
    }

    private bool TryMove(Record record, int length, int database, long now)
    {
        if (record.IsExpired(now))
        {
            items.Drop(record, database, RemoveReason.Expired);
            return true;
        }

        byte* target = heap.Allocate(database, rules.GroupOf(record, now), length, MemoryRoom.Upkeep);
        if (target == null)
        {
            return false;
        }

        Debug.Assert(heap.SegmentOf(new Record(target)) != heap.Victim, "a copy goes where it comes from");
        record.CopyTo(target);
        var copy = new Record(target);
        index.Redirect(record, copy, database);
        heap.Commit(copy, length);
        heap.Kill(record);
        return true;
    }

    // One that a victim left which came free by itself serves again.
    private bool TryTakeToken()
    {
        _hasToken = _hasToken || memory.TryTakeCompactionToken();
        return _hasToken;
    }

    private void GiveUp()
    {
        heap.EndVictim();
        GiveToken();
    }

    private void GiveToken()
    {
        if (_hasToken)
        {
            _hasToken = false;
            memory.GiveCompactionToken();
        }
    }
}
