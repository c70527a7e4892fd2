using System.Buffers;
using SessionGateway.Store.Segments.Compression;
using SessionGateway.Store.Segments.Index;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Writes items: over the old record where the new value fits, else as a new record. Nothing that the caller's spans
/// may point to is moved or freed before the value is written; only when memory is out the value is set aside first.
/// </summary>
internal sealed unsafe class RecordWriter(SegmentShard shard, PrefixRules rules, bool skipIdentical)
{
    private readonly SegmentHeap _heap = shard.Heap;

    /// <summary>True when the last write found its value there already.</summary>
    public bool LastWasUnchanged { get; private set; }

    public StoreStatus Put(in ItemKey key, in ValueParts value, in ItemAttributes attributes, long now)
    {
        LastWasUnchanged = false;
        if (value.Length > Record.MaxValueBytes)
        {
            return StoreStatus.OutOfMemory;
        }

        if (!shard.Codec.TryCompress(key.Bytes, value, out byte[] buffer, out int length))
        {
            return PutStored(key, new StoredValue(value, isCompressed: false), attributes, now);
        }

        var compressed = new ValueParts(buffer.AsSpan(0, length), default);
        StoreStatus status = PutStored(key, new StoredValue(compressed, isCompressed: true), attributes, now);
        ValueCodec.Return(buffer);
        return status;
    }

    private StoreStatus PutStored(in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now) =>
        TryPut(key, value, attributes, now) ? StoreStatus.Stored : PutUnderPressure(key, value, attributes, now);

    private bool TryPut(in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now)
    {
        bool exists = shard.TryFindLive(key, now, out Place place);
        if (exists && TryPutOver(key.Database, place.Record, value, attributes, now))
        {
            return true;
        }

        bool hasFlags = attributes.Flags != 0;
        int length = Record.LengthOf(key.Bytes.Length, value.Length, hasFlags);
        bool isAnonymous = !exists && rules.IsAnonymous(key.Bytes);
        int group = rules.GroupOf(key.Bytes, isAnonymous, attributes.ExpiresAt, now);
        byte* address = _heap.Allocate(key.Database, group, length);
        if (address == null)
        {
            return false;
        }

        var record = new Record(address);
        record.Create(key.Bytes, hasFlags);
        value.Parts.CopyTo(record.ValueSpan(value.Length));
        record.SetAttributes(value, attributes, now, isAnonymous, shard.Snapshot.Epoch);
        if (exists)
        {
            Record old = place.Record;
            shard.Snapshot.BeforeChange(old, key.Database);
            shard.UseIndex(key.Database).Redirect(place, record);
            _heap.Commit(record, length);
            _heap.Kill(old);
            shard.Maintenance.Compactor.PayForWrite(length, now);
        }
        else if (shard.UseIndex(key.Database).TryAdd(key.Hash, record))
        {
            _heap.Commit(record, length);
        }
        else
        {
            _heap.Abandon(record);
            return false;
        }

        return true;
    }

    private bool TryPutOver(
        int database, Record record, in StoredValue value, in ItemAttributes attributes, long now)
    {
        if (!record.HasRoomForFlags(attributes.Flags))
        {
            return false;
        }

        int oldLength = record.Length;
        int newLength = record.LengthWith(value.Length);
        if (newLength > oldLength ? !shard.Room.TryGrow(record, oldLength, newLength)
            : newLength < oldLength && shard.Room.ShouldMoveToShrink(record, oldLength, newLength))
        {
            return false;
        }

        shard.Snapshot.BeforeChange(record, database);
        if (skipIdentical && record.Flags == attributes.Flags && record.Type == attributes.Type
            && record.IsCompressed == value.IsCompressed && value.Parts.SequenceEqual(record.Value))
        {
            LastWasUnchanged = true;
        }
        else
        {
            value.Parts.CopyTo(record.ValueSpan(value.Length));
        }

        record.SetAttributes(value, attributes, now, isAnonymous: false, shard.Snapshot.Epoch);
        _heap.NoteExpiry(record);
        if (newLength < oldLength)
        {
            shard.Room.Shrink(record, oldLength, newLength);
        }

        return true;
    }

    private StoreStatus PutUnderPressure(
        in ItemKey key, in StoredValue value, in ItemAttributes attributes, long now)
    {
        int length = Record.LengthOf(key.Bytes.Length, value.Length, attributes.Flags != 0);
        if (!shard.Pressure.CanEverFit(length))
        {
            return StoreStatus.OutOfMemory;
        }

        byte[] aside = ArrayPool<byte>.Shared.Rent(value.Length);
        try
        {
            value.Parts.CopyTo(aside);
            var parts = new ValueParts(aside.AsSpan(0, value.Length), default);
            var kept = new StoredValue(parts, value.IsCompressed);
            while (shard.Pressure.TryMakeRoom(key, length, now))
            {
                if (TryPut(key, kept, attributes, now))
                {
                    return StoreStatus.Stored;
                }
            }

            return StoreStatus.OutOfMemory;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(aside);
        }
    }
}
