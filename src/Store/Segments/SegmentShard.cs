using System.Diagnostics;
using System.Runtime.CompilerServices;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Compression;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;
using SessionGateway.Store.Segments.Upkeep;

namespace SessionGateway.Store.Segments;

/// <summary>One shard of the engine: an index per database over one heap of segments.</summary>
internal sealed class SegmentShard : Shard, IValuePins
{
    private readonly SegmentItemStore _store;
    private readonly HashIndex?[] _indexes = new HashIndex?[ItemStore.AllDatabases];
    private readonly ShardMemory _memory;

    public SegmentShard(SegmentItemStore store, EngineMemory memory, int index)
        : base(index, store.Mutations, store.Options.CasStart)
    {
        _store = store;
        _memory = new ShardMemory(memory, index);
        Heap = new SegmentHeap(_memory);
        Room = new RecordRoom(Heap, _memory);
        Snapshot = new ShardSnapshot(this, store);
        var rules = new PrefixRules(store.Options.Prefixes);
        Codec = new ValueCodec(store.Options.Compression, store.Options.Time);
        Writer = new RecordWriter(
            this, rules, new MemoryClaims(rules, memory.Budget), store.Options.SkipIdenticalWrites);
        Maintenance = new Maintenance(this, rules, memory);
        Pressure = new Pressure(this, store, memory, new Evictor(this, rules, store.Options));
    }

    /// <inheritdoc/>
    public override long UsedBytes => _memory.Resident;

    /// <summary>The records.</summary>
    internal SegmentHeap Heap { get; }

    /// <summary>Changes the length of records.</summary>
    internal RecordRoom Room { get; }

    /// <summary>Compresses and expands values.</summary>
    internal ValueCodec Codec { get; }

    /// <summary>Writes records.</summary>
    internal RecordWriter Writer { get; }

    /// <summary>The part of a running snapshot.</summary>
    internal ShardSnapshot Snapshot { get; }

    /// <summary>Work in the background.</summary>
    internal Maintenance Maintenance { get; }

    /// <summary>Work when memory is out.</summary>
    internal Pressure Pressure { get; }

    /// <inheritdoc/>
    public override long Count(int database) => _indexes[database]?.Count ?? 0;

    /// <inheritdoc/>
    public override bool TryGet(scoped in ItemKey key, long now, out ItemView item)
    {
        if (!TryFindLive(key, now, out Place place))
        {
            item = default;
            return false;
        }

        Debug.Assert(place.Record.IsLive, "the index refers to a dead record");
        item = ViewOf(place.Record, now);
        NoteRead(key, item.Cas, item.LastAccess, !item.WasRead, now);
        place.Record.NoteRead(now);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryPeek(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = found ? ViewOf(place.Record, now) : default;
        return found;
    }

    /// <inheritdoc/>
    public override bool TryPeekAttributes(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = found ? AttributesOf(place.Record, now) : default;
        return found;
    }

    /// <inheritdoc/>
    public override bool TryGetAttributes(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = default;
        if (found)
        {
            item = AttributesOf(place.Record, now);
            NoteRead(key, item.Cas, item.LastAccess, !item.WasRead, now);
            place.Record.NoteRead(now);
        }

        return found;
    }

    /// <inheritdoc/>
    public bool TryPin(ReadOnlySpan<byte> value, out ValuePin pin)
    {
        bool isPinned = Heap.TryPin(value, out int segment);
        pin = new ValuePin(segment);
        return isPinned;
    }

    /// <inheritdoc/>
    public void Unpin(ValuePin pin) => Heap.Unpin(pin.Place);

    /// <inheritdoc/>
    public override bool ExpireStep(long now, int maxSteps)
    {
        AssertHeld();
        TellAccesses();
        return Maintenance.Step(now, maxSteps);
    }

    /// <inheritdoc/>
    public override ulong ScanStep(int database, ulong cursor, long now, IItemVisitor visitor)
    {
        AssertHeld();
        Debug.Assert(database is >= 0 and < ItemStore.AllDatabases, "no such database");
        if (_indexes[database] is not { BucketCount: > 0 } index)
        {
            return 0;
        }

        for (Bucket bucket = index.BucketAt(cursor); ; bucket = index.Following(bucket))
        {
            for (uint slots = bucket.UsedSlots(); slots != 0; slots &= slots - 1)
            {
                Record record = index.RecordAt(bucket, slots);
                if (!record.IsExpired(now))
                {
                    visitor.Visit(record.Key, visitor.WantsValues ? ViewOf(record, now) : AttributesOf(record, now));
                }
            }

            if (bucket.Next == 0)
            {
                return index.NextCursor(cursor);
            }
        }
    }

    /// <inheritdoc/>
    public override bool VisitRandom(int database, Random random, long now, IItemVisitor visitor)
    {
        if (_indexes[database] is not { Count: > 0 } index)
        {
            return false;
        }

        Record record = RandomPick.Choose(index, random, now);
        if (record.IsNone)
        {
            return false;
        }

        visitor.Visit(record.Key, visitor.WantsValues ? ViewOf(record, now) : AttributesOf(record, now));
        return true;
    }

    /// <summary>The record as its reader sees it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ItemView ViewOf(Record record, long now) =>
        record.View(record.IsCompressed ? Codec.Expand(record) : record.Value, now);

    private static ItemView AttributesOf(Record record, long now) => record.IsCompressed
        ? record.View(default, now, ValueCodec.ExpandedLength(record))
        : record.View(record.Value, now);

    /// <summary>The index of a database, or null while it has none.</summary>
    internal HashIndex? IndexOf(int database) => _indexes[database];

    /// <summary>The index of a database.</summary>
    internal HashIndex UseIndex(int database) => _indexes[database] ?? MakeIndex(database);

    /// <summary>Finds a live item; one that expired ends here.</summary>
    internal bool TryFindLive(in ItemKey key, long now, out Place place)
    {
        AssertHeld();
        Debug.Assert(
            key.Database >= ItemStore.DatabaseCount || _store.ShardOf(key) == Index, "the key is another shard's");
        if (_indexes[key.Database] is not { } index || !index.TryFind(key.Hash, key.Bytes, out place))
        {
            place = default;
            return false;
        }

        if (place.Record.IsExpired(now))
        {
            Remove(key, place, RemoveReason.Expired);
            return false;
        }

        return true;
    }

    /// <summary>Ends an item that upkeep met.</summary>
    /// <returns>True when its segment is gone.</returns>
    internal bool Drop(Record record, int database, RemoveReason reason)
    {
        Debug.Assert(record.IsLive, "an item ends twice");
        ItemKey key = _store.Key(database, record.Key);
        if (!_indexes[database]!.TryFindRecord(key.Hash, record, out Place place))
        {
            throw new InvalidOperationException("A live record is not in the index.");
        }

        return Remove(key, place, reason);
    }

    /// <summary>Ends a live item for memory.</summary>
    /// <returns>True when its segment is gone.</returns>
    internal bool Lose(Record record, int database, LossReason reason, long now)
    {
        if (record.IsExpired(now))
        {
            return Drop(record, database, RemoveReason.Expired);
        }

        Debug.Assert(database < ItemStore.DatabaseCount, "a page is given up without its item");
        NoteLost(reason);
        _store.Losses?.OnLost(
            reason,
            _store.Key(database, record.Key).Hash,
            now - record.LastAccess(now),
            record.ExpiresAt == 0 ? -1 : record.ExpiresAt - now);
        return Drop(record, database, RemoveReason.Evicted);
    }

    /// <summary>Points the index to the copy of a record.</summary>
    internal void Redirect(Record from, Record to, int database)
    {
        Debug.Assert(to.IsLive && to.HasKey(from.Key), "the copy is of another item");
        HashIndex index = _indexes[database]!;
        if (!index.TryFindRecord(_store.Key(database, from.Key).Hash, from, out Place place))
        {
            throw new InvalidOperationException("A live record is not in the index.");
        }

        index.Redirect(place, to);
    }

    /// <inheritdoc/>
    protected override StoreStatus PutCore(
        in ItemKey key,
        ReadOnlySpan<byte> head,
        int zeros,
        ReadOnlySpan<byte> tail,
        in ItemAttributes attributes,
        long now,
        out bool unchanged)
    {
        Debug.Assert(
            (key.Database >= ItemStore.DatabaseCount) == (attributes.Type == ItemType.Page),
            "pages have databases of their own");
        Debug.Assert(attributes.ExpiresAt >= 0, "an expiry before 1970");

        // What a value of pages leaves behind when something else takes its place.
        CollectionHead old = default;
        if (HasCollections && key.Database < ItemStore.DatabaseCount && TryFindLive(key, now, out Place place)
            && place.Record.Type != ItemType.String)
        {
            old = CollectionHead.Read(place.Record.Value, out _);
        }

        StoreStatus status = Writer.Put(key, new ValueParts(head, zeros, tail), attributes, now);
        unchanged = Writer.LastWasUnchanged;
        if (old.IsTree && status == StoreStatus.Stored)
        {
            Collections.Reclaimer.Add(key.Database, old);
        }

        return status;
    }

    /// <inheritdoc/>
    protected override bool OverwriteCore(in ItemKey key, int offset, ReadOnlySpan<byte> part, ulong cas, long now) =>
        TryFindLive(key, now, out Place place) && Writer.TryOverwrite(key, place.Record, offset, part, cas, now);

    /// <inheritdoc/>
    protected internal override ItemKey KeyOf(int database, ReadOnlySpan<byte> bytes) => _store.Key(database, bytes);

    /// <inheritdoc/>
    protected internal override bool TryEditCore(scoped in ItemKey key, long now, ulong cas, out Span<byte> value)
    {
        value = default;
        if (!TryFindLive(key, now, out Place place) || place.Record.IsCompressed)
        {
            return false;
        }

        Record record = place.Record;
        Snapshot.BeforeChange(record, key.Database);
        if (cas != 0)
        {
            record.SetCas(cas);
            record.NoteAccess(now);
        }

        value = record.ValueSpan(record.ValueLength);
        return true;
    }

    /// <inheritdoc/>
    protected override bool SetExpiryCore(in ItemKey key, long expiresAt, long now)
    {
        if (!TryFindLive(key, now, out Place place))
        {
            return false;
        }

        Snapshot.BeforeChange(place.Record, key.Database);
        place.Record.SetExpiry(expiresAt);
        place.Record.NoteAccess(now);
        place.Record.ClearAnonymous();
        Heap.NoteExpiry(place.Record);
        return true;
    }

    /// <inheritdoc/>
    protected internal override void SetMarksCore(in ItemKey key, in ItemMarks marks)
    {
        if (_indexes[key.Database] is { } index && index.TryFind(key.Hash, key.Bytes, out Place place))
        {
            place.Record.SetMarks(marks);
        }
    }

    /// <inheritdoc/>
    protected override bool RemoveCore(in ItemKey key, long now)
    {
        if (!TryFindLive(key, now, out Place place))
        {
            return false;
        }

        Snapshot.BeforeChange(place.Record, key.Database);
        NoteValueEnded(key.Database, place.Record.Type, place.Record.Value);
        _indexes[key.Database]!.Remove(key.Hash, place);
        Heap.Kill(place.Record);
        return true;
    }

    /// <inheritdoc/>
    protected override void FlushCore(int database)
    {
        if (_indexes[database] is not { } index)
        {
            return;
        }

        if (Snapshot.RetainedCount == ShardSnapshot.MostRetained)
        {
            int steps = int.MaxValue;
            Snapshot.Step(ref steps);
        }

        if (Snapshot.IsRunning && index.Count > 0)
        {
            // The snapshot still has to see these items: they are put aside, unreachable for everything else.
            Heap.RenumberDatabase(database, Snapshot.Retain(index, database));
            _indexes[database] = null;
            return;
        }

        Heap.FreeDatabase(database);
        index.Clear();
    }

    // Apart from its caller, because a method with a lambda allocates the lambda's variables even when it does not run
    // it.
    private HashIndex MakeIndex(int database) =>
        _indexes[database] = new HashIndex(_memory, database, key => _store.Key(database, key).Hash);

    // Who is told of it reads the key in the record, so the record is marked last.
    private bool Remove(in ItemKey key, in Place place, RemoveReason reason)
    {
        BeginChange();
        Record record = place.Record;
        Debug.Assert(record.IsLive && record.IsCanaryIntact(), "what ends is not the record that was written");
        Snapshot.BeforeChange(record, key.Database);
        NoteValueEnded(key.Database, record.Type, record.Value);
        _indexes[key.Database]!.Remove(key.Hash, place);
        NoteRemoved(key, reason);
        bool endsSegment = Heap.Kill(record);
        EndChange();
        return endsSegment;
    }
}
