using System.Diagnostics;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Compression;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Integrity;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;
using SessionGateway.Store.Segments.Upkeep;
using SessionGateway.Store.Segments.Writing;

namespace SessionGateway.Store.Segments;

/// <summary>One shard of the engine: an index per database over one heap of segments. It puts the parts together;
/// none of them knows it.</summary>
internal sealed class SegmentShard : Shard, IValuePins, IItemEnds, IUpkeepItems, INeighbour, IWriteListener
{
    // About 50 µs for 256 fields.
    private const int StepsPerEndedFields = 500;

    private readonly SegmentItemStore _store;
    private readonly ShardMemory _memory;
    private readonly LiveItems _items;
    private readonly RecordWriter _writer;
    private readonly Maintenance _maintenance;
    private readonly Pressure _pressure;

    public SegmentShard(SegmentItemStore store, EngineMemory memory, INeighbour[] all, int index)
        : base(index, store.Mutations, store.Options.CasStart)
    {
        _store = store;
        _memory = new ShardMemory(memory, index);
        _items = new LiveItems(store, _memory, this);
        Heap = new SegmentHeap(_memory);
        SegmentStoreOptions options = store.Options;
        Codec = new ValueCodec(options.Compression, options.Time);
        Snapshot = new ShardSnapshot(Heap, _items, Codec);
        var rules = new PrefixRules(options.Prefixes);
        var compactor = new Compactor(Heap, _items, this, rules, memory);
        _maintenance = new Maintenance(Heap, _items, Snapshot, this, compactor, memory);
        var evictor = new Evictor(Heap, _items, this, compactor, rules, options.Policy, seed: index);
        _pressure = new Pressure(this, all, Heap, this, _maintenance.Sweep, compactor, evictor, memory, index);
        _writer = new RecordWriter(
            _items, Heap, new RecordRoom(Heap, _memory), Snapshot, Codec, compactor, _pressure, this, rules,
            new MemoryClaims(rules, memory.Budget), options.SkipIdenticalWrites);
    }

    /// <inheritdoc/>
    public override long UsedBytes => _memory.Resident;

    /// <summary>Compresses and expands values.</summary>
    internal ValueCodec Codec { get; }

    /// <summary>The part of a running snapshot.</summary>
    internal ShardSnapshot Snapshot { get; }

    /// <summary>What it consists of.</summary>
    internal ShardParts Parts => new(Index, _memory, _items, Heap, Snapshot);

    private SegmentHeap Heap { get; }

    /// <inheritdoc/>
    Pressure INeighbour.Pressure => _pressure;

    /// <inheritdoc/>
    bool IWriteListener.IsTold => IsTold;

    /// <inheritdoc/>
    public override long Count(int database) => _items[database]?.Count ?? 0;

    /// <inheritdoc/>
    public override bool TryGet(scoped in ItemKey key, long now, out ItemView item)
    {
        if (!TryFindLive(key, now, out Place place))
        {
            item = default;
            return false;
        }

        item = Codec.ViewOf(place.Record, now);
        NoteRead(key, item.Cas, item.LastAccess, !item.WasRead, now);
        place.Record.NoteRead(now);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryPeek(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = found ? Codec.ViewOf(place.Record, now) : default;
        return found;
    }

    /// <inheritdoc/>
    public override bool TryPeekAttributes(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = found ? ValueCodec.AttributesOf(place.Record, now) : default;
        return found;
    }

    /// <inheritdoc/>
    public override bool TryGetAttributes(scoped in ItemKey key, long now, out ItemView item)
    {
        bool found = TryFindLive(key, now, out Place place);
        item = default;
        if (found)
        {
            item = ValueCodec.AttributesOf(place.Record, now);
            NoteRead(key, item.Cas, item.LastAccess, !item.WasRead, now);
            place.Record.NoteRead(now);
        }

        return found;
    }

    /// <inheritdoc/>
    public bool TryPin(ReadOnlySpan<byte> value, out ValuePin pin)
    {
        bool isPinned = Heap.Pins.TryPin(value, out int segment);
        pin = new ValuePin(segment);
        return isPinned;
    }

    /// <inheritdoc/>
    public void Unpin(ValuePin pin) => Heap.Pins.Unpin(pin.Place);

    /// <inheritdoc/>
    public override bool ExpireStep(long now, int maxSteps)
    {
        AssertHeld();
        TellAccesses();
        return _maintenance.Step(now, maxSteps);
    }

    /// <inheritdoc/>
    public override ulong ScanStep(int database, ulong cursor, long now, IItemVisitor visitor)
    {
        AssertHeld();
        Debug.Assert(database is >= 0 and < ItemStore.AllDatabases, "no such database");
        if (_items[database] is not { BucketCount: > 0 } index)
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
                    visitor.Visit(record.Key,
                        visitor.WantsValues ? Codec.ViewOf(record, now) : ValueCodec.AttributesOf(record, now));
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
        if (_items[database] is not { Count: > 0 } index)
        {
            return false;
        }

        Record record = RandomPick.Choose(index, random, now);
        if (record.IsNone)
        {
            return false;
        }

        visitor.Visit(record.Key,
            visitor.WantsValues ? Codec.ViewOf(record, now) : ValueCodec.AttributesOf(record, now));
        return true;
    }

    /// <inheritdoc/>
    bool INeighbour.TryEnter() => TryEnter();

    /// <inheritdoc/>
    void IWriteListener.Tell(Mutation mutation) => Tell(mutation);

    /// <inheritdoc/>
    void IWriteListener.NoteReserveRefused() => NoteReserveRefused();

    /// <inheritdoc/>
    bool IUpkeepItems.ReclaimPages(ref int steps) => ReclaimPages(ref steps);

    /// <inheritdoc/>
    bool IUpkeepItems.IsPinned(Record record, int database) =>
        record.Type != ItemType.String && Collections.IsPinned(database, record.Key);

    /// <inheritdoc/>
    bool IUpkeepItems.Drop(Record record, int database, RemoveReason reason) => Drop(record, database, reason);

    /// <inheritdoc/>
    bool IUpkeepItems.Lose(Record record, int database, LossReason reason, long now)
    {
        if (record.IsExpired(now))
        {
            return Drop(record, database, RemoveReason.Expired);
        }

        Debug.Assert(database < ItemStore.DatabaseCount, "a page is given up without its item");
        NoteLost(reason);
        _store.Losses?.OnLost(
            reason,
            _items.KeyOf(record, database).Hash,
            now - record.LastAccess(now),
            record.ExpiresAt == 0 ? -1 : record.ExpiresAt - now);
        return Drop(record, database, RemoveReason.Evicted);
    }

    /// <inheritdoc/>
    bool IUpkeepItems.EndFields(int database, ReadOnlySpan<byte> key, long now, ref int steps)
    {
        ItemKey hash = KeyOf(database, key);
        bool isDone = false;
        while (!isDone && steps > 0)
        {
            steps -= StepsPerEndedFields;
            isDone = Collections.Hashes.EndDue(hash, now);
        }

        NoteFieldDue(hash, now);
        return isDone;
    }

    // Who is told of it reads the key in the record, so the record is marked last.

    /// <inheritdoc/>
    bool IItemEnds.End(in ItemKey key, in Place place, RemoveReason reason)
    {
        BeginChange();
        Record record = place.Record;
        Debug.Assert(record.IsLive && record.IsCanaryIntact(), "what ends is not the record that was written");
        Snapshot.BeforeChange(record, key.Database);
        NoteValueEnded(key.Database, record.Type, record.Value);
        _items[key.Database]!.Remove(key.Hash, place);
        NoteRemoved(key, reason, reason == RemoveReason.Expired && record.EndsWithFields);
        bool endsSegment = Heap.Kill(record);
        EndChange();
        return endsSegment;
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
            key.Database >= ItemStore.DatabaseCount || attributes.Type != ItemType.Page,
            "pages have databases of their own");
        Debug.Assert(attributes.ExpiresAt >= 0, "an expiry before 1970");

        // What a value of pages leaves behind when something else takes its place.
        CollectionHead old = default;
        if (HasCollections && key.Database < ItemStore.DatabaseCount && TryFindLive(key, now, out Place place)
            && place.Record.Type != ItemType.String)
        {
            old = CollectionHead.Read(place.Record.Value, out _);
        }

        StoreStatus status = _writer.Put(key, new ValueParts(head, zeros, tail), attributes, now);
        unchanged = _writer.LastWasUnchanged;
        if (old.IsTree && status == StoreStatus.Stored)
        {
            Collections.Reclaimer.Add(key.Database, old);
        }

        return status;
    }

    /// <inheritdoc/>
    protected override bool OverwriteCore(in ItemKey key, int offset, ReadOnlySpan<byte> part, ulong cas, long now) =>
        TryFindLive(key, now, out Place place) && _writer.TryOverwrite(key, place.Record, offset, part, cas, now);

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
    protected internal override void NoteFieldDue(in ItemKey key, long now)
    {
        if (TryFindLive(key, now, out Place place))
        {
            Heap.NoteExpiry(place.Record);
        }
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
        if (_items[key.Database] is { } index && index.TryFind(key.Hash, key.Bytes, out Place place))
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
        _items[key.Database]!.Remove(key.Hash, place);
        Heap.Kill(place.Record);
        return true;
    }

    /// <inheritdoc/>
    protected override void FlushCore(int database)
    {
        if (_items[database] is not { } index)
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
            _items.Detach(database);
            return;
        }

        Heap.FreeDatabase(database);
        index.Clear();
    }

    private bool Drop(Record record, int database, RemoveReason reason)
    {
        Debug.Assert(record.IsLive, "an item ends twice");
        ItemKey key = _items.KeyOf(record, database);
        return ((IItemEnds)this).End(key, _items.PlaceOf(key, record), reason);
    }

    private bool TryFindLive(in ItemKey key, long now, out Place place)
    {
        AssertHeld();
        Debug.Assert(
            key.Database >= ItemStore.DatabaseCount || _store.ShardOf(key) == Index, "the key is another shard's");
        return _items.TryFind(key, now, out place);
    }
}
