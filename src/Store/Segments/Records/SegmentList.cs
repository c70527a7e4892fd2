using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// The segments of one shard, in no order, and when the first record of each may expire. A segment knows its place in
/// the list (<see cref="SegmentInfo.Link"/>); the last one takes the place of one that goes. Used under the shard's
/// lock.
/// </summary>
internal sealed unsafe class SegmentList(EngineMemory engine)
{
    private int[] _units = new int[16];
    private long[] _due = new long[16];

    /// <summary>Number of segments.</summary>
    public int Count { get; private set; }

    /// <summary>The segment at a place.</summary>
    public int this[int index] => _units[index];

    /// <summary>Earliest time at which a record of the segment at a place may expire.</summary>
    public long DueAt(int index) => _due[index];

    /// <summary>Takes a segment without records in.</summary>
    public void Add(int unit)
    {
        if (Count == _units.Length)
        {
            Array.Resize(ref _units, Count * 2);
            Array.Resize(ref _due, Count * 2);
        }

        ref SegmentInfo info = ref engine.Infos[unit];
        info.Sequence = engine.NextSequence();
        info.Link = Count;
        ((Span<uint>)info.FirstRecords).Fill(SegmentInfo.NoRecord);
        ((Span<long>)info.Due).Fill(long.MaxValue);
        _due[Count] = long.MaxValue;
        _units[Count++] = unit;
    }

    /// <summary>Takes a segment out.</summary>
    public void Remove(int unit)
    {
        int place = engine.Infos[unit].Link;
        Debug.Assert(place < Count && _units[place] == unit, "the segment is not in the shard's list");
        int last = --Count;
        _units[place] = _units[last];
        _due[place] = _due[last];
        engine.Infos[_units[last]].Link = place;
    }

    /// <summary>A record of the segment at a place expires then, perhaps before all others.</summary>
    public void LowerDue(int index, long expiresAt)
    {
        ref long due = ref _due[index];
        due = Math.Min(due, expiresAt);
    }

    /// <summary>Nothing of the segment at a place expires any more.</summary>
    public void EndDue(int index) => _due[index] = long.MaxValue;

    /// <summary>Recomputes the due time of a segment from its blocks.</summary>
    public void UpdateDue(int unit)
    {
        ref SegmentInfo info = ref engine.Infos[unit];
        long due = long.MaxValue;
        foreach (long block in info.Due)
        {
            due = Math.Min(due, block);
        }

        _due[info.Link] = due;
    }
}
