using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>
/// The upkeep of one shard in bounded steps: expired items first, then memory that can go back; once a second
/// compaction, too. A step is about a tenth of a microsecond.
/// </summary>
internal sealed class Maintenance(
    SegmentHeap heap, LiveItems index, ShardSnapshot snapshot, IUpkeepItems items, Compactor compactor,
    EngineMemory memory)
{
    // madvise on a unit's pages: measured 69 µs for 128 pages, 137 µs at worst.
    private const int StepsPerRelease = 20;
    private const int BytesPerReleaseStep = 512;
    private const int StepsPerMerge = 10;
    private const int SweepMilliseconds = 250;
    private const int TidyMilliseconds = 1000;

    // Over 64 shards 256 MB in a second, less than a tenth of a core.
    private const long QuietBytesPerTidying = 4 << 20;

    private readonly ExpirySweep _sweep = new(heap, items);
    private bool _sweepIsDone;
    private bool _isTidying;
    private long _sweptAt;
    private long _tidiedAt;
    private long _copiedBefore;

    /// <summary>Ends expired items.</summary>
    public ExpirySweep Sweep => _sweep;

    /// <summary>Goes on with the round.</summary>
    /// <returns>True when it is complete.</returns>
    public bool Step(long now, int steps)
    {
        // A round that has much to compact lasts; expiry must not wait for its end.
        if (!_sweepIsDone || Math.Abs(now - _sweptAt) >= SweepMilliseconds)
        {
            _sweepIsDone = _sweep.Step(now, ref steps, endsFields: true);
            _sweptAt = now;
        }

        if (!_sweepIsDone)
        {
            return false;
        }

        if (!items.ReclaimPages(ref steps))
        {
            return false;
        }

        while (memory.Pool.DirtyBytes > memory.KeepDirtyBytes)
        {
            if (steps <= 0)
            {
                return false;
            }

            steps -= StepsPerRelease + (memory.UnitBytes / BytesPerReleaseStep);
            memory.Pool.ReleaseOne();
        }

        // Expiry is looked at more often than the rest, which goes by the second.
        if ((_isTidying || Math.Abs(now - _tidiedAt) >= TidyMilliseconds) && !Tidy(now, ref steps))
        {
            return false;
        }

        _sweepIsDone = false;
        return true;
    }

    private bool Tidy(long now, ref int steps)
    {
        _isTidying = true;
        if (!Compact(now, ref steps))
        {
            return false;
        }

        // A snapshot is stepped by its owner; one that was given up is wound up here.
        if (snapshot.IsAbandoned && !snapshot.Step(ref steps))
        {
            return false;
        }

        if (!ShrinkIndexes(ref steps))
        {
            return false;
        }

        compactor.Settle();
        heap.Open.TrimIdle();
        if (!memory.Budget.IsAmple)
        {
            heap.TrimAll();
        }

        _copiedBefore = compactor.CopiedBytes;
        _tidiedAt = now;
        _isTidying = false;
        return true;
    }

    // Below the busy mark no more is copied than a second's share: the cost must not be felt.
    private bool Compact(long now, ref int steps)
    {
        while (heap.Victim != SegmentHeap.NoSegment || IsWorthCompacting())
        {
            if (steps <= 0)
            {
                return false;
            }

            if (!compactor.Step(now, ref steps, IsShort ? Compactor.ShortWorthPercent : Compactor.WorthPercent))
            {
                break;
            }
        }

        return true;
    }

    private bool IsWorthCompacting() =>
        compactor.IsAbove(Compactor.BusyPercent)
        || ((compactor.IsAbove(Compactor.RestPercent) || (IsShort && compactor.MayFree(Compactor.ShortWorthPercent)))
            && compactor.CopiedBytes - _copiedBefore < QuietBytesPerTidying);

    // Writers draw on the reserve: what upkeep frees now, they need not free themselves.
    private bool IsShort => memory.Budget.ReserveUsed > memory.Budget.Reserve / 4;

    private bool ShrinkIndexes(ref int steps)
    {
        for (int database = 0; database < ItemStore.AllDatabases; database++)
        {
            if (index[database] is not { } table)
            {
                continue;
            }

            bool shrunk = false;
            while (table.TryShrink())
            {
                shrunk = true;
                steps -= StepsPerMerge;
                if (steps <= 0)
                {
                    return false;
                }
            }

            if (shrunk)
            {
                table.Trim();
            }
        }

        return true;
    }
}
