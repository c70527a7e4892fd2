using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Where the next records of one shard go: at most one open segment for each database and group of expiry. Used under
/// the shard's lock.
/// </summary>
internal sealed unsafe class OpenSegments
{
    // Less is not worth a system call and the page faults that follow.
    private const int LeastTrim = 4 * MemoryRegion.PageBytes;

    private readonly ShardMemory _memory;
    private readonly EngineMemory _engine;
    private readonly int[] _units = new int[ItemStore.AllDatabases * ExpiryClass.Count];

    /// <summary>None is open.</summary>
    public OpenSegments(ShardMemory memory)
    {
        _memory = memory;
        _engine = memory.Engine;
        Array.Fill(_units, SegmentHeap.NoSegment);
    }

    /// <summary>The open segment of a database and group, or <see cref="SegmentHeap.NoSegment"/>.</summary>
    public int Of(int database, int group) => _units[(database * ExpiryClass.Count) + group];

    /// <summary>Records go into a segment from now on.</summary>
    public void Open(int unit, int database, int group)
    {
        ref SegmentInfo info = ref _engine.Infos[unit];
        Debug.Assert(info.Use == UnitUse.Open && info.Database == database, "the segment is somebody else's");
        ref int open = ref _units[(database * ExpiryClass.Count) + group];
        Debug.Assert(open == SegmentHeap.NoSegment && info.Class == group, "two segments are open for one group");
        open = unit;
    }

    /// <summary>Takes no more records into a segment, if it is open.</summary>
    public void Seal(int unit)
    {
        ref SegmentInfo info = ref _engine.Infos[unit];
        if (info.Use == UnitUse.Open)
        {
            info.Use = UnitUse.Sealed;
            _units[(info.Database * ExpiryClass.Count) + info.Class] = SegmentHeap.NoSegment;
        }
    }

    /// <summary>The group by expiry whose open segment has resident room for a record; else the one of locks.</summary>
    public int GroupWithRoom(int database, int length)
    {
        // From the locks' own on, so that session segments are spared while it has room.
        for (int i = 0; i < ExpiryClass.Anonymous; i++)
        {
            int group = (ExpiryClass.Minute + i) % ExpiryClass.Anonymous;
            int open = Of(database, group);
            if (open != SegmentHeap.NoSegment
                && _engine.Infos[open].Used + length <= _engine.Infos[open].Touched)
            {
                return group;
            }
        }

        return ExpiryClass.Minute;
    }

    /// <summary>Gives back the pages behind the end of open segments, whoever writes to them.</summary>
    public void TrimAll()
    {
        foreach (int unit in _units)
        {
            if (unit != SegmentHeap.NoSegment)
            {
                _memory.Untouch(unit, _engine.Infos[unit].Used);
            }
        }
    }

    /// <summary>
    /// Gives back the pages behind the end of open segments that nobody wrote to since the last call: a segment that
    /// was in use before is resident to its end.
    /// </summary>
    public void TrimIdle()
    {
        foreach (int unit in _units)
        {
            if (unit == SegmentHeap.NoSegment)
            {
                continue;
            }

            ref SegmentInfo info = ref _engine.Infos[unit];
            if (info.Used == info.UsedBefore && info.Touched > info.Used + LeastTrim)
            {
                _memory.Untouch(unit, info.Used);
            }

            info.UsedBefore = info.Used;
        }
    }
}
