using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// The segments of one shard. Records are appended to the open segment of their database and group of expiry; a record
/// above <see cref="LargeBytes"/> has a run of units of its own. Used under the shard's lock.
/// </summary>
internal sealed unsafe class SegmentHeap
{
    /// <summary>Stands for no segment.</summary>
    public const int NoSegment = -1;

    private readonly ShardMemory _memory;
    private readonly EngineMemory _engine;

    public SegmentHeap(ShardMemory memory)
    {
        _memory = memory;
        _engine = memory.Engine;
        Segments = new SegmentList(_engine);
        Open = new OpenSegments(memory);
        Pins = new SegmentPins(memory);
    }

    /// <summary>The list of segments.</summary>
    public SegmentList Segments { get; }

    /// <summary>Those that take records.</summary>
    public OpenSegments Open { get; }

    /// <summary>Those that are read without the lock.</summary>
    public SegmentPins Pins { get; }

    /// <summary>Bytes of records that are no more.</summary>
    public long DeadBytes { get; private set; }

    /// <summary>Bytes of records that ever ended: tells whether there is more to compact than the last time.</summary>
    public long EndedBytes { get; private set; }

    /// <summary>Bytes of live records.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>The segment being emptied by compaction; set back when it goes.</summary>
    public int Victim { get; set; } = NoSegment;

    /// <summary>Largest record that shares a segment: a quarter of it, so that at most that much stays empty at its
    /// end.</summary>
    public int LargeBytes => _engine.UnitBytes / 4;

    /// <summary>Shift from an offset in a segment to its block.</summary>
    public int BlockShift => _engine.BlockShift;

    public ref SegmentInfo Info(int unit) => ref _engine.Infos[unit];

    public byte* AddressOf(int unit) => _engine.AddressOf(unit);

    /// <summary>Resident bytes of a segment.</summary>
    public long TouchedBytes(int unit) => _memory.TouchedOf(unit);

    /// <summary>The segment that holds a record.</summary>
    public int SegmentOf(Record record) => _engine.UnitOf(record.Address);

    /// <summary>Makes room for a record: its bytes are not written yet and do not count as live before <see
    /// cref="Commit"/>.</summary>
    /// <param name="database">Database of the item.</param>
    /// <param name="group">Group of expiry.</param>
    /// <param name="length">From <see cref="Record.LengthOf"/>.</param>
    /// <param name="room">How far it may go for memory.</param>
    /// <returns>The place, or null when memory is out.</returns>
    public byte* Allocate(int database, int group, int length, MemoryRoom room)
    {
        Debug.Assert(length > 0 && length % Record.Alignment == 0, "records are whole steps of eight bytes");
        Debug.Assert(group is >= 0 and < ExpiryClass.Count, "no such group of expiry");
        if (length > LargeBytes)
        {
            return AllocateLarge(database, group, length, room);
        }

        int open = Open.Of(database, group);
        if (open != NoSegment && Info(open).Used + length > _engine.UnitBytes)
        {
            Open.Seal(open);
            _memory.Untouch(open, Info(open).Used);
            open = NoSegment;
        }

        if (open == NoSegment)
        {
            open = _memory.Take(UnitUse.Open, database);
            if (open < 0)
            {
                return null;
            }

            Enlist(open, group);
            Open.Open(open, database, group);
        }

        ref SegmentInfo info = ref Info(open);
        Debug.Assert(info.Use == UnitUse.Open && info.Database == database, "the open segment is somebody else's");
        if (!_memory.TryTouchAhead(open, info.Used + length, room))
        {
            if (info.Used == 0)
            {
                Free(open);
            }

            return null;
        }

        return AddressOf(open) + info.Used;
    }

    /// <summary>Counts a record that was written where <see cref="Allocate"/> said.</summary>
    public void Commit(Record record, int length)
    {
        int unit = SegmentOf(record);
        ref SegmentInfo info = ref Info(unit);
        Debug.Assert(record.IsLive && record.Length == length, "what was written is not what was allocated");
        Debug.Assert(record.Address == AddressOf(unit) + info.Used, "a record was written behind a gap");
        int block = BlockOf(record, unit);
        if (info.FirstRecords[block] == SegmentInfo.NoRecord)
        {
            info.FirstRecords[block] = (uint)(record.Address - AddressOf(unit));
        }

        info.Used += length;
        CountLive(ref info, length);
        NoteExpiry(record);
    }

    /// <summary>Lowers the due times to the expiry of a record.</summary>
    public void NoteExpiry(Record record)
    {
        long expiresAt = record.DueAt;
        if (expiresAt == 0)
        {
            return;
        }

        int unit = SegmentOf(record);
        ref SegmentInfo info = ref Info(unit);
        ref long block = ref info.Due[BlockOf(record, unit)];
        if (expiresAt < block)
        {
            block = expiresAt;
            Segments.LowerDue(info.Link, expiresAt);
        }
    }

    /// <summary>Counts bytes of live records that came, or went (negative).</summary>
    public void CountLive(ref SegmentInfo info, int growth)
    {
        info.Live += growth;
        LiveBytes += growth;
        Debug.Assert(info.Live >= 0 && LiveBytes >= 0, "more live bytes went than came");
    }

    /// <summary>Counts bytes of dead records that came, or went (negative).</summary>
    public void CountDead(int growth)
    {
        DeadBytes += growth;
        Debug.Assert(DeadBytes >= 0, "more dead bytes went than came");
        EndedBytes += Math.Max(0, growth);
    }

    /// <summary>The block of a segment that a record starts in.</summary>
    public int BlockOf(Record record, int unit)
    {
        int block = (int)((record.Address - AddressOf(unit)) >> _engine.BlockShift);
        Debug.Assert(block is >= 0 and < SegmentInfo.BlockCount, "the record is not in the segment");
        return block;
    }

    /// <summary>Takes back what <see cref="Allocate"/> gave, instead of <see cref="Commit"/>.</summary>
    public void Abandon(Record record)
    {
        int unit = SegmentOf(record);
        if (Info(unit).Used == 0)
        {
            Free(unit);
        }
    }

    /// <summary>Ends a record. Its segment is given back when it was the last live one; at the end of an open segment
    /// the next record starts where it started.</summary>
    /// <returns>True when the segment is gone.</returns>
    public bool Kill(Record record)
    {
        int length = record.Length;
        int unit = SegmentOf(record);
        ref SegmentInfo info = ref Info(unit);
        Debug.Assert(record.IsLive && length <= info.Live, "a record ends that does not count as live");
        record.MarkDead(length);
        CountLive(ref info, -length);
        if (info.Live == 0)
        {
            DeadBytes += length;
            Free(unit);
            return true;
        }

        bool isLast = record.Address + length == AddressOf(unit) + info.Used;
        if (isLast && info.Use == UnitUse.Open && info.Pins == 0)
        {
            TakeBack(ref info, record, unit, length);
        }
        else
        {
            CountDead(length);
        }

        return false;
    }

    /// <summary>Gives a segment back with all that it holds.</summary>
    public void Free(int unit)
    {
        ref SegmentInfo info = ref Info(unit);
        Debug.Assert(info.Live <= info.Used, "a segment lives by more than was written");
        Open.Seal(unit);
        if (Victim == unit)
        {
            EndVictim();
        }

        LiveBytes -= info.Live;
        DeadBytes -= info.Used - info.Live;
        Debug.Assert(LiveBytes >= 0 && DeadBytes >= 0, "a segment takes more with it than the shard counts");
        Segments.Remove(unit);
        Pins.Return(unit);
    }

    /// <summary>Gives all segments of a database back.</summary>
    public void FreeDatabase(int database)
    {
        for (int i = Segments.Count - 1; i >= 0; i--)
        {
            if (Info(Segments[i]).Database == database)
            {
                Free(Segments[i]);
            }
        }
    }

    /// <summary>Gives all segments of a database another number; they are sealed and never due any more.</summary>
    public void RenumberDatabase(int from, int to)
    {
        for (int i = 0; i < Segments.Count; i++)
        {
            int unit = Segments[i];
            if (Info(unit).Database == from)
            {
                Open.Seal(unit);
                Info(unit).Database = (byte)to;
                Segments.EndDue(i);
            }
        }
    }

    /// <summary>True while a writer of this kind may begin to take memory, be it resident already or not.</summary>
    public bool Admits(MemoryRoom room) => room >= MemoryRoom.Brief || _engine.Budget.HasRoom(0, room);

    /// <summary>
    /// Room for a large record in exchange for the one it replaces, whose value the caller has set aside: needs memory
    /// for the difference only. The old record's segment stays until <see cref="Free"/>; its contents are lost.
    /// </summary>
    /// <returns>The place, or null when the limit does not allow the difference; nothing changed.</returns>
    public byte* AllocateInstead(Record old, int group, int length, MemoryRoom room)
    {
        int from = SegmentOf(old);
        Debug.Assert(old.IsLive && Info(from).Use == UnitUse.Large, "only a run is given for a run");
        int first = TakeRun(Info(from).Database, group, length);
        if (first < 0 || _memory.TryExchange(from, first, length, room))
        {
            return first < 0 ? null : AddressOf(first);
        }

        Free(first);
        return null;
    }

    /// <summary>The segment that was being emptied is gone, or keeps the rest.</summary>
    public void EndVictim()
    {
        Debug.Assert(Victim != NoSegment, "no segment is being emptied");
        Victim = NoSegment;
        _memory.SettleCopies();
    }

    /// <summary>Gives back the pages behind the end of every segment.</summary>
    public void TrimAll()
    {
        for (int i = 0; i < Segments.Count; i++)
        {
            _memory.Untouch(Segments[i], Info(Segments[i]).Used);
        }
    }

    private byte* AllocateLarge(int database, int group, int length, MemoryRoom room)
    {
        int first = TakeRun(database, group, length);
        if (first < 0 || _memory.TryTouch(first, length, room))
        {
            return first < 0 ? null : AddressOf(first);
        }

        Free(first);
        return null;
    }

    private int TakeRun(int database, int group, int length)
    {
        // An eighth more addresses, not memory, so that a value that grows by appends is rarely moved.
        int units = (int)(((long)length + (length / 8) + _engine.UnitBytes - 1) >> _engine.UnitShift);
        int first = _memory.TakeRun(units, database);
        if (first >= 0)
        {
            Enlist(first, group);
        }

        return first;
    }

    private void TakeBack(ref SegmentInfo info, Record record, int unit, int length)
    {
        info.Used -= length;
        Debug.Assert(info.Used >= info.Live, "a segment lives by more than was written");
        ref uint first = ref info.FirstRecords[BlockOf(record, unit)];
        if (first == (uint)info.Used)
        {
            first = SegmentInfo.NoRecord;
        }
    }

    private void Enlist(int unit, int group)
    {
        Info(unit).Class = (byte)group;
        Segments.Add(unit);
    }
}
