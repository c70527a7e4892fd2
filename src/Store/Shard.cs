using System.Diagnostics;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;

namespace SessionGateway.Store;

/// <summary>
/// One lock and the items under it. All methods except <see cref="Enter"/> must be called while the lock is held
/// (<see cref="ItemStore.Enter"/>). Commands compose their meaning from these few steps under one hold of the lock,
/// so any read-modify-write is atomic. Expired items are absent for every method.
/// </summary>
public abstract partial class Shard
{
    private readonly Lock _lock = new();
    private readonly long[] _lost = new long[Enum.GetValues<LossReason>().Length];
    private readonly ShardEffects _effects;
    private ulong _casCounter;
    private ShardCollections? _collections;
    private int _changes;

    /// <summary>Makes a shard.</summary>
    /// <param name="index">Its position.</param>
    /// <param name="stream">Where its effects are told.</param>
    /// <param name="casStart">Count of cas uniques that it goes on from: random per process, so that a number that a
    /// client made up, or kept from an earlier process, is nobody's.</param>
    protected Shard(int index, MutationStream stream, ulong casStart = 0)
    {
        Index = index;
        _effects = new ShardEffects(stream);
        _casCounter = casStart;
    }

    /// <summary>Position of this shard, 0 to <see cref="ItemStore.ShardCount"/> - 1.</summary>
    public int Index { get; }

    /// <inheritdoc cref="ShardEffects.LastPosition"/>
    public long LastPosition => _effects.LastPosition;

    /// <summary>What happens here, for those who listen.</summary>
    internal ShardEffects Effects => _effects;

    /// <summary>Writes, changes of an expiry and ends on demand since the start.</summary>
    public long ChangeCount { get; private set; }

    /// <summary>Hashes, sets, sorted sets and lists.</summary>
    public ShardCollections Collections => _collections ??= new ShardCollections(this);

    /// <summary>True when there are, or once were, collections in this shard.</summary>
    public bool HasCollections => _collections is not null;

    /// <summary>Items that ended by expiry since the start.</summary>
    public long ExpiredCount { get; private set; }

    /// <summary>Items that ended by eviction since the start.</summary>
    public long EvictedCount { get; private set; }

    /// <summary>Writes refused for memory since the start.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Those of <see cref="RefusedCount"/> for which even the reserve was gone.</summary>
    public long ReserveRefusedCount { get; private set; }

    /// <summary>Writes since the start that found their value there already.</summary>
    public long UnchangedCount { get; private set; }

    /// <summary>Live items given up for memory since the start.</summary>
    public long LostCount(LossReason reason) => _lost[(int)reason];

    /// <summary>Takes the lock (reentrant).</summary>
    public void Enter() => _lock.Enter();

    /// <summary>Takes the lock if nobody else holds it.</summary>
    internal bool TryEnter() => _lock.TryEnter();

    /// <summary>Gives the lock back.</summary>
    public void Exit()
    {
        AssertHeld();
        _lock.Exit();
    }

    /// <summary>True while the calling thread holds the lock.</summary>
    public bool IsHeld => _lock.IsHeldByCurrentThread;

    /// <summary>
    /// True while a change is half done. Seen by somebody else who holds the lock, or left behind by an exception, it
    /// means that the items cannot be trusted any more.
    /// </summary>
    public bool IsChanging => _changes != 0;

    /// <summary>Finds a live item and notes the access at <paramref name="now"/> (Unix milliseconds).</summary>
    public abstract bool TryGet(scoped in ItemKey key, long now, out ItemView item);

    /// <summary>Finds a live item without counting as an access.</summary>
    public abstract bool TryPeek(scoped in ItemKey key, long now, out ItemView item);

    /// <summary>As <see cref="TryPeek"/> for who needs no value: one that is kept compressed is not expanded and not
    /// shown, <see cref="ItemView.Length"/> knows its length.</summary>
    public virtual bool TryPeekAttributes(scoped in ItemKey key, long now, out ItemView item) =>
        TryPeek(key, now, out item);

    /// <summary>As <see cref="TryGet"/> for who needs no value.</summary>
    public virtual bool TryGetAttributes(scoped in ItemKey key, long now, out ItemView item) =>
        TryGet(key, now, out item);

    /// <summary>
    /// Writes an item whose value is <paramref name="head"/> followed by <paramref name="tail"/>; replaces a former
    /// one. Either span may point into the value that the key holds now.
    /// </summary>
    /// <returns><see cref="StoreStatus.OutOfMemory"/> leaves everything as it was, the former item included.</returns>
    public StoreStatus Put(
        in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, in ItemAttributes attributes, long now,
        out ulong cas) =>
        Put(key, head, 0, tail, attributes, now, out cas);

    /// <summary>As the other, with a number of zero bytes between the two parts.</summary>
    public StoreStatus Put(
        in ItemKey key,
        ReadOnlySpan<byte> head,
        int zeros,
        ReadOnlySpan<byte> tail,
        in ItemAttributes attributes,
        long now,
        out ulong cas)
    {
        AssertHeld();
        if (attributes.Cas != 0)
        {
            cas = attributes.Cas;
            RaiseCas(cas);
        }
        else
        {
            cas = NextCas();
        }

        BeginChange();
        StoreStatus status = PutCore(key, head, zeros, tail, attributes with { Cas = cas }, now, out bool unchanged);
        if (status == StoreStatus.OutOfMemory)
        {
            RefusedCount++;
            EndChange();
            return status;
        }

        NoteChange(key);
        UnchangedCount += unchanged ? 1 : 0;
        EndChange();
        return status;
    }

    /// <summary>
    /// Writes a part inside of a live item's value, which is an edited string then, without copying the rest of it.
    /// </summary>
    /// <returns>False, and nothing changed, where that cannot be done: then the whole value has to be put.</returns>
    public bool TryOverwrite(in ItemKey key, int offset, ReadOnlySpan<byte> part, long now)
    {
        AssertHeld();
        Debug.Assert(offset >= 0, "a place before the value");
        BeginChange();
        bool done = OverwriteCore(key, offset, part, NextCas(), now);
        if (done)
        {
            NoteChange(key);
        }

        EndChange();
        return done;
    }

    /// <summary>Changes only the expiry of a live item; the cas unique stays.</summary>
    /// <returns>False when there is no live item.</returns>
    public bool SetExpiry(in ItemKey key, long expiresAt, long now)
    {
        AssertHeld();
        Debug.Assert(expiresAt >= 0, "a time before 1970 is gone at once; its caller removes the item");
        BeginChange();
        bool found = SetExpiryCore(key, expiresAt, now);
        if (found)
        {
            NoteChange(key);
            if (IsTold)
            {
                Tell(new Mutation
                {
                    Kind = MutationKind.ExpiryChanged,
                    At = now,
                    Database = key.Database,
                    Key = key.Bytes,
                    ExpiresAt = expiresAt,
                });
            }
        }

        EndChange();
        return found;
    }

    /// <summary>Ends a live item.</summary>
    /// <returns>False when there is no live item.</returns>
    public bool Remove(in ItemKey key, RemoveReason reason, long now)
    {
        AssertHeld();
        BeginChange();
        bool found = RemoveCore(key, now);
        if (found)
        {
            NoteChange(key);
            NoteRemoved(key, reason);
        }

        EndChange();
        return found;
    }

    /// <summary>Own uniques are above this one from now on. A number that only a client can have made up (memcached's
    /// meta E flag) must not bring the counter to its end.</summary>
    public void RaiseCas(ulong cas)
    {
        AssertHeld();
        if (cas <= long.MaxValue)
        {
            _casCounter = Math.Max(_casCounter, cas >> ItemStore.ShardBits);
        }
    }

    /// <summary>The last cas unique that was given.</summary>
    public ulong LastCas => (_casCounter << ItemStore.ShardBits) | (uint)Index;

    /// <summary>Ends all items of a database here; <see cref="ItemStore.Flush"/> tells of it once for all.</summary>
    public void Flush(int database)
    {
        AssertHeld();
        long count = Count(database);
        BeginChange();
        ChangeCount += count;
        FlushCore(database);
        _waiters?.SignalAll();
        if (_collections is { } collections)
        {
            FlushCore(ItemStore.PagesOf(database));
            collections.Reclaimer.Forget(database);
        }
        EndChange();
    }

    /// <summary>Number of items of a database; may include items that expired but are not reclaimed yet.</summary>
    public abstract long Count(int database);

    /// <summary>Bytes held by this shard: keys, values, bookkeeping.</summary>
    public abstract long UsedBytes { get; }

    /// <summary>Reclaims expired items: looks at no more than <paramref name="maxSteps"/> places, then goes on there at
    /// the next call.</summary>
    /// <returns>True when a whole round through the shard is complete.</returns>
    public abstract bool ExpireStep(long now, int maxSteps);

    /// <summary>
    /// One step of an iteration: visits the live items of one place and moves the cursor on; 0 starts and 0 ends it.
    /// An item that is present from the start to the end of the iteration is visited at least once, whatever else is
    /// written meanwhile; an item may be visited twice.
    /// </summary>
    /// <returns>The next cursor, at most 58 bits.</returns>
    public abstract ulong ScanStep(int database, ulong cursor, long now, IItemVisitor visitor);

    /// <summary>Visits one live item of the database, chosen by <paramref name="random"/>.</summary>
    /// <returns>False when the shard holds no live item of the database.</returns>
    public abstract bool VisitRandom(int database, Random random, long now, IItemVisitor visitor);

    /// <summary>
    /// Writes; attributes.Cas is final. <paramref name="unchanged"/> tells that a live item had this value, these flags
    /// and this type already, so that only its cas and expiry are new; an engine need not look.
    /// </summary>
    protected abstract StoreStatus PutCore(
        in ItemKey key,
        ReadOnlySpan<byte> head,
        int zeros,
        ReadOnlySpan<byte> tail,
        in ItemAttributes attributes,
        long now,
        out bool unchanged);

    /// <summary>
    /// Writes a part of a live item's value at its place; attributes.Cas is final, expiry and flags stay. False, and
    /// nothing changed, where that cannot be done.
    /// </summary>
    protected virtual bool OverwriteCore(in ItemKey key, int offset, ReadOnlySpan<byte> part, ulong cas, long now) =>
        false;

    /// <summary>The value of a live item, to be written to at its place.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="cas">The new cas unique; 0 for a page, whose access need not be noted either.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when there is none, or its bytes are not those of the value.</returns>
    protected internal abstract bool TryEditCore(scoped in ItemKey key, long now, ulong cas, out Span<byte> value);

    /// <summary>A field of a large hash got an expiry, or the hash a new first one: engines whose upkeep goes by times
    /// look at it again.</summary>
    protected internal virtual void NoteFieldDue(in ItemKey key, long now)
    {
    }

    /// <summary>Makes a key of the store, <see cref="ItemStore.Key"/>.</summary>
    protected internal abstract ItemKey KeyOf(int database, ReadOnlySpan<byte> bytes);

    /// <summary>Changes the expiry of a live item.</summary>
    protected abstract bool SetExpiryCore(in ItemKey key, long expiresAt, long now);

    /// <summary>Unlinks a live item.</summary>
    protected abstract bool RemoveCore(in ItemKey key, long now);

    /// <summary>Unlinks all items of a database.</summary>
    protected abstract void FlushCore(int database);

    /// <summary>Sets what the policies go by; the item is there.</summary>
    protected internal abstract void SetMarksCore(in ItemKey key, in ItemMarks marks);

    /// <summary>True when somebody wants to hear of effects; else engines spare themselves the text.</summary>
    protected internal bool IsTold => _effects.IsTold;

    /// <summary>Engines call this after a write, with the bytes that they wrote.</summary>
    protected internal void Tell(Mutation mutation)
    {
        AssertHeld();
        _effects.Tell(ref mutation);
        if (_effects.Unsettled is { } unsettled && mutation.Position != 0
            && (mutation.Kind != MutationKind.Removed || mutation.Reason == RemoveReason.Deleted))
        {
            unsettled.Note(
                KeyOf(mutation.Database, mutation.Key).Hash, mutation.Position, isGrouped: _effects.IsGrouped);
        }
    }

    /// <summary>Engines call this when they note a read.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cas">The item's.</param>
    /// <param name="before">The access before, Unix milliseconds.</param>
    /// <param name="isFirst">The first read since the item was written.</param>
    /// <param name="now">Unix milliseconds.</param>
    protected void NoteRead(in ItemKey key, ulong cas, long before, bool isFirst, long now) =>
        _effects.NoteRead(key, cas, before, isFirst, now);

    /// <summary>Tells of reads that were not told yet; engines call this in <see cref="ExpireStep"/>.</summary>
    protected void TellAccesses() => _effects.TellAccesses();

    /// <summary>Engines call this for ends they cause themselves (expiry, eviction), before the key bytes are
    /// reused.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason">Why it ended.</param>
    /// <param name="isOver">It was a hash whose last field's time was over.</param>
    protected void NoteRemoved(in ItemKey key, RemoveReason reason, bool isOver = false)
    {
        AssertHeld();
        switch (reason)
        {
            case RemoveReason.Expired:
                ExpiredCount++;
                break;
            case RemoveReason.Evicted:
                EvictedCount++;
                break;
        }

        if (isOver)
        {
            NoteFieldsEnded(key, isLast: true);
        }
        else
        {
            NoteEnd(key, reason);
        }

        if (IsTold)
        {
            Tell(new Mutation
            {
                Kind = MutationKind.Removed,
                Database = key.Database,
                Key = key.Bytes,
                Reason = reason,
                Cas = LastCas,
            });
        }
    }

    /// <summary>Engines with a reserve call this when they refuse a write that it is for.</summary>
    protected internal void NoteReserveRefused() => ReserveRefusedCount++;

    /// <summary>
    /// A change begins; may be nested. Not undone by an exception: then <see cref="IsChanging"/> stays true for ever.
    /// </summary>
    protected internal void BeginChange()
    {
        AssertHeld();
        Debug.Assert(_changes >= 0, "more changes ended than began");
        _changes++;
    }

    /// <summary>The change is complete.</summary>
    protected internal void EndChange()
    {
        AssertHeld();
        Debug.Assert(_changes > 0, "a change ends that did not begin");
        _changes--;
    }

    /// <summary>Engines call this when a value ends, before its bytes are reused: its pages go by and by.</summary>
    protected void NoteValueEnded(int database, ItemType type, ReadOnlySpan<byte> value)
    {
        if (type is not (ItemType.String or ItemType.Page) && _collections is { } collections)
        {
            collections.Reclaimer.Add(database, value);
        }
    }

    /// <summary>Gives pages of ended collections back; a step is about a tenth of a microsecond.</summary>
    /// <returns>True when there are none left.</returns>
    protected internal bool ReclaimPages(ref int steps)
    {
        AssertHeld();
        return _collections is null || _collections.Reclaimer.Step(ref steps);
    }

    /// <summary>Engines call this before they end a live item for memory.</summary>
    protected void NoteLost(LossReason reason) => _lost[(int)reason]++;

    /// <summary>
    /// A cas unique that no item had before. Unique over all shards without a shared counter: the shard's own count
    /// above the shard's index.
    /// </summary>
    public ulong NextCas()
    {
        AssertHeld();
        return (++_casCounter << ItemStore.ShardBits) | (uint)Index;
    }

    /// <summary>Writes a page, or an item whose change the caller tells itself.</summary>
    internal StoreStatus PutQuietly(
        in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, in ItemAttributes attributes, long now) =>
        PutCore(key, head, 0, tail, attributes with { Cas = NextCas(), IsQuiet = true }, now, out _);

    /// <summary>Gives a page back.</summary>
    internal void RemoveQuietly(in ItemKey key)
    {
        bool found = RemoveCore(key, 0);
        Debug.Assert(found, "a page is given back that is not there");
    }

    internal void NoteRefused() => RefusedCount++;

    /// <summary>Whoever calls must hold the lock; debug builds look.</summary>
    [Conditional("DEBUG")]
    private protected void AssertHeld() =>
        Debug.Assert(IsHeld, "a step of a shard whose lock the thread does not hold");
}
