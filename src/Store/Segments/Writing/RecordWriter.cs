using System.Diagnostics;
using SessionGateway.Store.Segments.Compression;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;
using SessionGateway.Store.Segments.Upkeep;

namespace SessionGateway.Store.Segments.Writing;

/// <summary>
/// Writes items: over the old record where the new value fits, else as a new record. Nothing that the caller's spans
/// may point to is moved or freed before the value is written; only when memory is out the value is set aside first.
/// </summary>
internal sealed unsafe class RecordWriter(
    LiveItems items, SegmentHeap heap, RecordRoom records, ShardSnapshot snapshot, ValueCodec codec,
    Compactor compactor,
    Pressure pressure, IWriteListener listener, PrefixRules rules, MemoryClaims claims, bool skipIdentical)
{
    // Rounds of making room, which somebody else may take in between.
    private const int MostTries = 16;

    private readonly WriteTeller _teller = new(listener);

    /// <summary>True when the last write found its value there already.</summary>
    public bool LastWasUnchanged { get; private set; }

    public StoreStatus Put(in ItemKey key, in ValueParts value, in ItemAttributes attributes, long now)
    {
        LastWasUnchanged = false;
        if (value.Length > Record.MaxValueBytes)
        {
            return StoreStatus.OutOfMemory;
        }

        // Collections are edited in their place.
        if (attributes.Type != ItemType.String
            || !codec.TryCompress(key.Bytes, value, out byte[] buffer, out int length))
        {
            return PutStored(key, new StoredValue(value), attributes, now);
        }

        var compressed = new ValueParts(buffer.AsSpan(0, length), 0, default);
        StoreStatus status = listener.IsTold
            ? PutWithPlain(key, compressed, value, attributes, now)
            : PutStored(key, new StoredValue(compressed, plain: default), attributes, now);
        ValueCodec.Return(buffer);
        return status;
    }

    /// <summary>Writes a part of a record's value at its place; expiry and client flags stay.</summary>
    /// <returns>False for a value that is kept compressed, and where the part does not lie inside of the
    /// value.</returns>
    public bool TryOverwrite(in ItemKey key, Record record, int offset, ReadOnlySpan<byte> part, ulong cas, long now)
    {
        if (record.IsCompressed || (long)offset + part.Length > record.ValueLength || heap.Pins.IsPinned(record))
        {
            return false;
        }

        Debug.Assert(record.HasKey(key.Bytes), "the record is another item's");
        snapshot.BeforeChange(record, key.Database);
        part.CopyTo(record.ValueSpan(record.ValueLength)[offset..]);
        var value = new StoredValue(new ValueParts(record.Value, 0, default));
        var attributes = new ItemAttributes(record.Flags, record.ExpiresAt, record.Type, cas, StringForm.Edited);
        record.SetAttributes(value, attributes, now, isAnonymous: false, snapshot.Epoch);
        if (IsTold(attributes))
        {
            var splice = new Splice(offset, part.Length, part.Length, record.ValueLength);
            _teller.Tell(key, record, value, attributes, splice, unchanged: false, now);
        }

        return true;
    }

    // Those who are told get the value as it was given. It is set aside: it may lie in the record that is written over.
    private StoreStatus PutWithPlain(
        in ItemKey key, in ValueParts compressed, in ValueParts value, in ItemAttributes attributes, long now)
    {
        byte[] plain;
        try
        {
            plain = ScratchArrays.Pool.Rent((int)value.Length);
        }
        catch (OutOfMemoryException)
        {
            return StoreStatus.OutOfMemory;
        }

        value.CopyTo(plain);
        StoreStatus status =
            PutStored(key, new StoredValue(compressed, plain.AsSpan(0, (int)value.Length)), attributes, now);
        ScratchArrays.Pool.Return(plain);
        return status;
    }

    private bool IsTold(in ItemAttributes attributes) => listener.IsTold && !attributes.IsQuiet;

    private StoreStatus PutStored(in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now) =>
        TryPut(key, value, attributes, now) ? StoreStatus.Stored : PutUnderPressure(key, value, attributes, now);

    private bool TryPut(in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now)
    {
        bool exists = items.TryFind(key, now, out Place place);
        bool hasFlags = attributes.Flags != 0;
        int length = Record.LengthOf(key.Bytes.Length, value.Length, hasFlags);
        MemoryRoom room = claims.Of(key.Bytes, exists ? place.Record : default, length, attributes.ExpiresAt, now);
        if (exists && TryPutOver(key, place.Record, value, attributes, now, room, mayMove: true))
        {
            return true;
        }

        Splice splice = IsTold(attributes) && exists ? Splice.Of(place.Record, value) : default;
        bool isPage = attributes.Type == ItemType.Page;
        bool isAnonymous = exists ? attributes.IsEdit && place.Record.IsAnonymous
            : !isPage && rules.IsAnonymous(key.Bytes);
        bool wasRead = exists && attributes.IsEdit && place.Record.WasRead;
        int group = isPage ? ExpiryClass.Of(0, now)
            : rules.GroupOf(key.Bytes, isAnonymous && !wasRead, attributes.ExpiresAt, now);
        if (claims.SharesPages(room))
        {
            group = heap.Open.GroupWithRoom(key.Database, length);
        }

        byte* address = heap.Admits(room) ? heap.Allocate(key.Database, group, length, room) : null;
        if (address == null)
        {
            // A record that should move because it became much shorter may as well stay.
            return exists && TryPutOver(key, place.Record, value, attributes, now, room, mayMove: false);
        }

        var record = new Record(address);
        record.Create(key.Bytes, hasFlags);
        value.Parts.CopyTo(record.ValueSpan(value.Length));
        record.SetAttributes(value, attributes, now, isAnonymous, snapshot.Epoch);
        if (wasRead)
        {
            record.NoteRead(now);
        }

        if (exists)
        {
            Record old = place.Record;
            snapshot.BeforeChange(old, key.Database);
            items.Use(key.Database).Redirect(place, record);
            heap.Commit(record, length);
            heap.Kill(old);
        }
        else if (items.Use(key.Database).TryAdd(key.Hash, record))
        {
            heap.Commit(record, length);
        }
        else
        {
            heap.Abandon(record);
            return false;
        }

        if (IsTold(attributes))
        {
            _teller.Tell(key, record, value, attributes, splice, unchanged: false, now);
        }

        if (exists)
        {
            compactor.PayForWrite(length, now);
        }

        return true;
    }

    private bool TryPutOver(
        in ItemKey key, Record record, in StoredValue value, in ItemAttributes attributes, long now, MemoryRoom room,
        bool mayMove)
    {
        if (!record.HasRoomForFlags(attributes.Flags) || heap.Pins.IsPinned(record))
        {
            return false;
        }

        int oldLength = record.Length;
        int newLength = record.LengthWith(value.Length);
        Debug.Assert(record.IsLive && record.HasKey(key.Bytes), "the record is another item's");
        if (newLength > oldLength ? !records.TryGrow(record, oldLength, newLength, room)
            : mayMove && newLength < oldLength && records.ShouldMoveToShrink(record, oldLength, newLength))
        {
            return false;
        }

        Splice splice = IsTold(attributes) ? Splice.Of(record, value) : default;
        snapshot.BeforeChange(record, key.Database);
        bool isAnonymous = attributes.IsEdit && record.IsAnonymous;
        bool wasRead = attributes.IsEdit && record.WasRead;
        if (skipIdentical && attributes.Type != ItemType.Page && record.Flags == attributes.Flags
            && record.Type == attributes.Type
            && record.IsCompressed == value.IsCompressed && value.Parts.SequenceEqual(record.Value))
        {
            LastWasUnchanged = true;
        }
        else
        {
            value.Parts.CopyTo(record.ValueSpan(value.Length));
        }

        record.SetAttributes(value, attributes, now, isAnonymous, snapshot.Epoch);
        if (wasRead)
        {
            record.NoteRead(now);
        }

        heap.NoteExpiry(record);
        if (IsTold(attributes))
        {
            _teller.Tell(key, record, value, attributes, splice, LastWasUnchanged, now);
        }

        if (newLength < oldLength)
        {
            records.Shrink(record, oldLength, newLength);
        }

        Debug.Assert(record.IsCanaryIntact(), "the value does not end where the record says");
        return true;
    }

    private StoreStatus PutUnderPressure(
        in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now)
    {
        int length = Record.LengthOf(key.Bytes.Length, value.Length, attributes.Flags != 0);
        if (!pressure.CanEverFit(length))
        {
            return StoreStatus.OutOfMemory;
        }

        byte[] aside;
        try
        {
            aside = ScratchArrays.Pool.Rent(value.Length);
        }
        catch (OutOfMemoryException)
        {
            // Nothing has changed yet: a write that finds no memory is refused, also when it is not the store's own.
            return StoreStatus.OutOfMemory;
        }

        try
        {
            value.Parts.CopyTo(aside);
            var parts = new ValueParts(aside.AsSpan(0, value.Length), 0, default);
            return PutAside(key, value.At(parts), length, attributes, now);
        }
        finally
        {
            ScratchArrays.Pool.Return(aside);
        }
    }

    private StoreStatus PutAside(
        in ItemKey key, in StoredValue value, int length, in ItemAttributes attributes, long now)
    {
        Record old = items.TryFind(key, now, out Place place) ? place.Record : default;
        MemoryRoom room = claims.Of(key.Bytes, old, length, attributes.ExpiresAt, now);
        for (int tries = 0; tries < MostTries; tries++)
        {
            // What came free may be less than was wished for and still be enough.
            bool hasRoom = pressure.TryMakeRoom(key, Needed(key, length, now), room, now);
            if (TryPut(key, value, attributes, now) || TryPutInstead(key, value, length, attributes, room, now))
            {
                return StoreStatus.Stored;
            }

            if (!hasRoom)
            {
                break;
            }
        }

        if (room > MemoryRoom.New)
        {
            listener.NoteReserveRefused();
        }

        return StoreStatus.OutOfMemory;
    }

    // One page more than the record, because it may start within a page; one more for the index. What replaces a large
    // record needs the difference.
    private long Needed(in ItemKey key, int length, long now)
    {
        long pages = MemoryRegion.RoundUp(length);
        return CanExchange(key, length, now, out Place place)
            ? Math.Max(0, pages - heap.TouchedBytes(heap.SegmentOf(place.Record)))
            : pages + (2 * MemoryRegion.PageBytes);
    }

    private bool CanExchange(in ItemKey key, int length, long now, out Place place) =>
        items.TryFind(key, now, out place) && length > heap.LargeBytes && !heap.Pins.IsPinned(place.Record)
        && heap.Info(heap.SegmentOf(place.Record)).Use == UnitUse.Large;

    // Gives the old record's memory up for the new one's; the value lies elsewhere.
    private bool TryPutInstead(
        in ItemKey key, in StoredValue value, int length, in ItemAttributes attributes, MemoryRoom room, long now)
    {
        if (!CanExchange(key, length, now, out Place place))
        {
            return false;
        }

        Record old = place.Record;
        snapshot.BeforeChange(old, key.Database);
        int group = rules.GroupOf(key.Bytes, isAnonymous: false, attributes.ExpiresAt, now);
        byte* address = heap.AllocateInstead(old, group, length, room);
        if (address == null)
        {
            return false;
        }

        var record = new Record(address);
        record.Create(key.Bytes, attributes.Flags != 0);
        value.Parts.CopyTo(record.ValueSpan(value.Length));
        record.SetAttributes(value, attributes, now, isAnonymous: false, snapshot.Epoch);
        items.Use(key.Database).Redirect(place, record);
        heap.Commit(record, length);
        heap.Free(heap.SegmentOf(old));
        if (IsTold(attributes))
        {
            _teller.Tell(key, record, value, attributes, splice: default, unchanged: false, now);
        }

        return true;
    }
}
