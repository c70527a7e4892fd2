using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Who reads values of one shard without its lock. While a segment is pinned no record of it is written over, records
/// that end in it leave their bytes behind, and its memory stays when the last one has ended. Used under the shard's
/// lock.
/// </summary>
internal sealed unsafe class SegmentPins(ShardMemory memory)
{
    private readonly EngineMemory _engine = memory.Engine;

    /// <summary>True while somebody reads values of the record's segment without the lock: then the record must not be
    /// written over.</summary>
    public bool IsPinned(Record record) => _engine.Infos[_engine.UnitOf(record.Address)].Pins > 0;

    /// <summary>Keeps the bytes of a value as they are, until <see cref="Unpin"/>.</summary>
    /// <param name="value">A value of this shard, or an expanded copy of one.</param>
    /// <param name="unit">The segment.</param>
    /// <returns>
    /// False for a copy, and when memory is scarce: what cannot be written over takes more of it for a while.
    /// </returns>
    public bool TryPin(ReadOnlySpan<byte> value, out int unit)
    {
        unit = SegmentHeap.NoSegment;
        long offset;
        fixed (byte* start = value)
        {
            offset = start - _engine.Region.Start;
        }

        long copies = value.Length + (2L * _engine.UnitBytes);
        if (offset < 0 || offset >= _engine.Region.Length || !_engine.Budget.HasRoom(copies, MemoryRoom.New))
        {
            return false;
        }

        // With a very long key a value begins behind the first unit of its run, which is the one that is looked at.
        unit = (int)(offset >> _engine.UnitShift);
        ref SegmentInfo info = ref _engine.Infos[unit];
        if (info.Units == 0)
        {
            return false;
        }

        info.Pins++;
        return true;
    }

    /// <summary>Ends a pin.</summary>
    public void Unpin(int unit)
    {
        ref SegmentInfo info = ref _engine.Infos[unit];
        Debug.Assert(info.Pins > 0, "ends a pin that nobody has");
        if (--info.Pins == 0 && info.IsLeaving)
        {
            info.IsLeaving = false;
            memory.Return(unit);
        }
    }

    /// <summary>A segment is no more: its memory goes, at once or with its last pin.</summary>
    public void Return(int unit)
    {
        ref SegmentInfo info = ref _engine.Infos[unit];
        if (info.Pins > 0)
        {
            info.IsLeaving = true;
            return;
        }

        memory.Return(unit);
    }
}
