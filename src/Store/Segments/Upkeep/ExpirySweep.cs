using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>
/// Ends the expired items of a shard. Only blocks whose due time has come are walked; a touch moves an item's expiry
/// without moving its block's due time, so a walk may find nothing and then sets the due time right. Fields of hashes
/// end with it, too.
/// </summary>
internal sealed class ExpirySweep(SegmentHeap heap, IUpkeepItems items)
{
    // Looking at a segment that is not due is a comparison: a step covers several.
    private const int SegmentsPerStep = 16;

    // Two lines of the index and the record's own, each from memory, and whoever is told.
    private const int StepsPerItem = 5;

    // Hashes whose fields end after one walk, and when they are looked at again if that was not possible.
    private const int MostHashes = 64;
    private const int RetryMilliseconds = 1000;

    private readonly List<byte[]> _hashes = [];
    private int _next = -1;

    /// <summary>
    /// Goes on with the round. It runs from the last segment down: when one goes, the last one takes its place, and
    /// that has been seen already.
    /// </summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="steps">What it may still do.</param>
    /// <param name="endsFields">False within a write, where nothing else may be written.</param>
    /// <returns>True when the round is complete.</returns>
    public bool Step(long now, ref int steps, bool endsFields)
    {
        if (_next < 0)
        {
            _next = heap.Segments.Count - 1;
        }

        for (_next = Math.Min(_next, heap.Segments.Count - 1); _next >= 0; _next--)
        {
            if (_next % SegmentsPerStep == 0)
            {
                steps--;
            }

            if (heap.Segments.DueAt(_next) <= now
                && !TryClean(heap.Segments[_next], now, ref steps, endsFields))
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
        for (int i = heap.Segments.Count - 1; i >= 0; i--)
        {
            if (heap.Segments.DueAt(i) <= now)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryClean(int segment, long now, ref int steps, bool endsFields)
    {
        for (int block = 0; block < SegmentInfo.BlockCount; block++)
        {
            if (heap.Info(segment).Due[block] > now)
            {
                continue;
            }

            Outcome outcome = CleanBlock(segment, block, now, ref steps, endsFields);
            if (outcome != Outcome.Clean)
            {
                return outcome == Outcome.SegmentGone;
            }
        }

        heap.Segments.UpdateDue(segment);
        return true;
    }

    private Outcome CleanBlock(int segment, int block, long now, ref int steps, bool endsFields)
    {
        var walk = new BlockWalk(heap, segment, block);
        int database = heap.Info(segment).Database;
        long due = long.MaxValue;
        _hashes.Clear();
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
            else if (record.DueAt is not 0 and long at)
            {
                due = Math.Min(due, at > now ? at : NextLook(record, now));
                if (at <= now && endsFields && _hashes.Count < MostHashes)
                {
                    _hashes.Add(record.Key.ToArray());
                }
            }
        }

        heap.Info(segment).Due[block] = due;
        if (_hashes.Count == 0)
        {
            return Outcome.Clean;
        }

        heap.Segments.UpdateDue(segment);
        EndFields(database, now, ref steps);
        return Outcome.OutOfSteps;
    }

    // Of a hash with fields that are over. Its own expiry may come before.
    private static long NextLook(Record record, long now) => record.ExpiresAt == 0
        ? now + RetryMilliseconds : Math.Min(record.ExpiresAt, now + RetryMilliseconds);

    // What is written moves records, so the walk is over.
    private void EndFields(int database, long now, ref int steps)
    {
        List<byte[]> hashes = [.. _hashes];
        foreach (byte[] key in hashes)
        {
            items.EndFields(database, key, now, ref steps);
        }
    }

    private enum Outcome
    {
        Clean,
        SegmentGone,
        OutOfSteps,
    }
}
