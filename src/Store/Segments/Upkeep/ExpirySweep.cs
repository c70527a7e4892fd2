using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>
/// Ends the expired items of a shard. Only blocks whose due time has come are walked; a touch moves an item's expiry
/// without moving its block's due time, so a walk may find nothing and then sets the due time right.
/// </summary>
internal sealed class ExpirySweep(SegmentHeap heap, IUpkeepItems items)
{
    // Looking at a segment that is not due is a comparison: a step covers several.
    private const int SegmentsPerStep = 16;

    // Two lines of the index and the record's own, each from memory, and whoever is told.
    private const int StepsPerItem = 5;

    private int _next = -1;

    /// <summary>
    /// Goes on with the round. It runs from the last segment down: when one goes, the last one takes its place, and
    /// that has been seen already.
    /// </summary>
    /// <returns>True when the round is complete.</returns>
    public bool Step(long now, ref int steps)
    {
        if (_next < 0)
        {
            _next = heap.Count - 1;
        }

        for (_next = Math.Min(_next, heap.Count - 1); _next >= 0; _next--)
        {
            if (_next % SegmentsPerStep == 0)
            {
                steps--;
            }

            if (heap.DueAt(_next) <= now && !TryClean(heap.SegmentAt(_next), now, ref steps))
            {
                return false;
            }

            if (steps <= 0 && _next > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when some segment may hold an expired item; a look without the lock may be a moment old.</summary>
    public bool IsDue(long now)
    {
        for (int i = heap.Count - 1; i >= 0; i--)
        {
            if (heap.DueAt(i) <= now)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryClean(int segment, long now, ref int steps)
    {
        for (int block = 0; block < SegmentInfo.BlockCount; block++)
        {
            if (heap.Info(segment).Due[block] > now)
            {
                continue;
            }

            Outcome outcome = CleanBlock(segment, block, now, ref steps);
            if (outcome != Outcome.Clean)
            {
                return outcome == Outcome.SegmentGone;
            }
        }

        heap.UpdateDue(segment);
        return true;
    }

    private Outcome CleanBlock(int segment, int block, long now, ref int steps)
    {
        var walk = new BlockWalk(heap, segment, block);
        int database = heap.Info(segment).Database;
        long due = long.MaxValue;
        while (walk.MoveNext())
        {
            Record record = walk.Current;
            if (!record.IsLive)
            {
                continue;
            }

            steps--;
            if (record.IsExpired(now))
            {
                steps -= StepsPerItem;
                if (items.Drop(record, database, RemoveReason.Expired))
                {
                    return Outcome.SegmentGone;
                }

                if (steps <= 0)
                {
                    return Outcome.OutOfSteps;
                }
            }
            else if (record.ExpiresAt != 0)
            {
                due = Math.Min(due, record.ExpiresAt);
            }
        }

        heap.Info(segment).Due[block] = due;
        return Outcome.Clean;
    }

    private enum Outcome
    {
        Clean,
        SegmentGone,
        OutOfSteps,
    }
}
