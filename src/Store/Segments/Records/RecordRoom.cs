using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>Makes records longer and shorter at their place. Used under the shard's lock.</summary>
internal sealed unsafe class RecordRoom(SegmentHeap heap, ShardMemory memory)
{
    /// <summary>Makes a record longer at its place, if what follows it is free. Writes nothing into its old
    /// length.</summary>
    /// <returns>False when there is no room; nothing changed.</returns>
    public bool TryGrow(Record record, int oldLength, int newLength, MemoryRoom room)
    {
        Debug.Assert(newLength > oldLength && record.Length == oldLength, "a record does not grow by that");
        int unit = heap.SegmentOf(record);
        ref SegmentInfo info = ref heap.Info(unit);
        bool isLast = record.Address + oldLength == heap.AddressOf(unit) + info.Used;
        if (isLast && info.Use != UnitUse.Sealed)
        {
            long end = (long)info.Used - oldLength + newLength;
            if (end > (long)info.Units << memory.Engine.UnitShift || !memory.TryTouch(unit, end, room))
            {
                return false;
            }

            info.Used = (int)end;
            heap.CountLive(ref info, newLength - oldLength);
            return true;
        }

        int free = RoomFor(record, unit, oldLength, newLength);
        if (free < newLength)
        {
            return false;
        }

        Debug.Assert((free - newLength) % Record.Alignment == 0, "what is left is no whole step of eight bytes");
        heap.CountDead(oldLength - free);
        heap.CountLive(ref info, newLength - oldLength);
        MarkHole(unit, record.Address + newLength, free - newLength);
        return true;
    }

    /// <summary>True when a record that becomes so much shorter should move, so that its memory comes free.</summary>
    public bool ShouldMoveToShrink(Record record, int oldLength, int newLength) =>
        heap.Info(heap.SegmentOf(record)).Use == UnitUse.Large && newLength < oldLength - (oldLength / 4);

    /// <summary>Makes a record shorter at its place; its value was written before.</summary>
    public void Shrink(Record record, int oldLength, int newLength)
    {
        Debug.Assert(newLength < oldLength && record.Length == newLength, "a record does not shrink by that");
        int unit = heap.SegmentOf(record);
        ref SegmentInfo info = ref heap.Info(unit);
        heap.CountLive(ref info, newLength - oldLength);
        if (record.Address + oldLength == heap.AddressOf(unit) + info.Used && info.Use != UnitUse.Sealed)
        {
            info.Used += newLength - oldLength;
            if (info.Use == UnitUse.Large && !memory.Engine.Budget.IsAmple)
            {
                memory.Untouch(unit, info.Used);
            }

            return;
        }

        MarkHole(unit, record.Address + newLength, oldLength - newLength);
    }

    // Bytes from the record's start that it may take: its own and those of dead neighbours. The first record of a block
    // stays one, so that walks can start there.
    private int RoomFor(Record record, int unit, int room, int needed)
    {
        byte* end = heap.AddressOf(unit) + heap.Info(unit).Used;
        while (room < needed)
        {
            var next = new Record(record.Address + room);
            if (next.Address >= end || !next.IsDead || IsFirstOfBlock(next, unit))
            {
                break;
            }

            room += next.Length;
        }

        return room;
    }

    private void MarkHole(int unit, byte* address, int length)
    {
        if (length == 0)
        {
            return;
        }

        var hole = new Record(address);
        hole.MarkDead(length);
        heap.CountDead(length);
        ref uint first = ref heap.Info(unit).FirstRecords[heap.BlockOf(hole, unit)];
        first = Math.Min(first, (uint)(address - heap.AddressOf(unit)));
    }

    private bool IsFirstOfBlock(Record record, int unit) =>
        heap.Info(unit).FirstRecords[heap.BlockOf(record, unit)] == (uint)(record.Address - heap.AddressOf(unit));
}
