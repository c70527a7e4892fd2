using SessionGateway.Store.Policies;

namespace SessionGateway.Store;

/// <summary>
/// One lock and the items under it. All methods except <see cref="Enter"/> must be called while the lock is held
/// (<see cref="ItemStore.Enter"/>). Commands compose their meaning from these few steps under one hold of the lock,
/// so any read-modify-write is atomic. Expired items are absent for every method.
/// </summary>
public abstract class Shard
{
    private readonly Lock _lock = new();
    private readonly long[] _lost = new long[Enum.GetValues<LossReason>().Length];
    private ulong _casCounter;
    private int _changes;

    /// <summary>Makes a shard.</summary>
    /// <param name="index">Its position.</param>
    /// <param name="casStart">Count of cas uniques that it goes on from: random per process, so that a number that a client
    /// made up, or kept from an earlier process, is nobody's.</param>
    protected Shard(int index, ulong casStart = 0)
    {
        Index = index;
        _casCounter = casStart;
    }

    /// <summary>Position of this shard, 0 to <see cref="ItemStore.ShardCount"/> - 1.</summary>
    public int Index { get; }

    /// <summary>Listener of every effect, or null.</summary>
    public IMutationTap? Tap { get; set; }

    /// <summary>Who watches which keys of this shard.</summary>
    public KeyWatches Watches { get; } = new();

    /// <summary>Writes, changes of an expiry and ends on demand since the start.</summary>
    public long ChangeCount { get; private set; }

    /// <summary>Items that ended by expiry since the start.</summary>
    public long ExpiredCount { get; private set; }

    /// <summary>Items that ended by eviction since the start.</summary>
    public long EvictedCount { get; private set; }

    /// <summary>Writes refused for memory since the start.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Those of <see cref="RefusedCount"/> that the reserve is for (<see cref="ItemStore.ReserveBytes"/>): even it was
    /// gone.</summary>
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
    public void Exit() => _lock.Exit();

    /// <summary>True while the calling thread holds the lock.</summary>
    public bool IsHeld => _lock.IsHeldByCurrentThread;

    /// <summary>
    /// True while a change is half done. Seen by somebody else who holds the lock, or left behind by an exception, it means
    /// that the items cannot be trusted any more.
    /// </summary>
    public bool IsChanging => _changes != 0;

    /// <summary>Finds a live item and notes the access at <paramref name="now"/> (Unix milliseconds).</summary>
    public abstract bool TryGet(in ItemKey key, long now, out ItemView item);

    /// <summary>Finds a live item without counting as an access.</summary>
    public abstract bool TryPeek(in ItemKey key, long now, out ItemView item);

    /// <summary>
    /// As <see cref="TryPeek"/> for who needs no value: one that is kept compressed is not expanded and not shown,
    /// <see cref="ItemView.Length"/> knows its length.
    /// </summary>
    public virtual bool TryPeekAttributes(in ItemKey key, long now, out ItemView item) => TryPeek(key, now, out item);

    /// <summary>As <see cref="TryGet"/> for who needs no value.</summary>
    public virtual bool TryGetAttributes(in ItemKey key, long now, out ItemView item) => TryGet(key, now, out item);

    /// <summary>
    /// Writes an item whose value is <paramref name="head"/> followed by <paramref name="tail"/>; replaces a former
    /// one. Either span may point into the value that the key holds now.
    /// </summary>
    /// <returns><see cref="StoreStatus.OutOfMemory"/> leaves everything as it was, the former item included.</returns>
    public StoreStatus Put(
        in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, in ItemAttributes attributes, long now, out ulong cas) =>
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
        if (attributes.Cas != 0)
        {
            // Later uniques of this shard stay above it: a key's cas must not come twice after a recovery. Numbers that
            // only a client can have made up (memcached's meta E flag) must not bring the counter to its end.
            cas = attributes.Cas;
            if (cas <= long.MaxValue)
            {
                _casCounter = Math.Max(_casCounter, cas >> ItemStore.ShardBits);
            }
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
        if (Tap is { } tap && TryPeek(key, now, out ItemView item))
        {
            if (unchanged)
            {
                tap.OnRefreshed(key, item);
            }
            else
            {
                tap.OnPut(key, item);
            }
        }

        EndChange();
        return status;
    }

    /// <summary>
    /// Writes a part inside of a live item's value, which is an edited string then, without copying the rest of it.
    /// </summary>
    /// <returns>False, and nothing changed, where that cannot be done: then the whole value has to be put.</returns>
    public bool TryOverwrite(in ItemKey key, int offset, ReadOnlySpan<byte> part, long now)
    {
        BeginChange();
        bool done = OverwriteCore(key, offset, part, NextCas(), now);
        if (done)
        {
            Watches.Touch(key);
            if (Tap is { } tap && TryPeek(key, now, out ItemView item))
            {
                tap.OnPut(key, item);
            }
        }

        EndChange();
        return done;
    }

    /// <summary>Changes only the expiry of a live item; the cas unique stays.</summary>
    /// <returns>False when there is no live item.</returns>
    public bool SetExpiry(in ItemKey key, long expiresAt, long now)
    {
        BeginChange();
        bool found = SetExpiryCore(key, expiresAt, now);
        if (found)
        {
            NoteChange(key);
            Tap?.OnExpiryChanged(key, expiresAt);
        }

        EndChange();
        return found;
    }

    /// <summary>Ends a live item.</summary>
    /// <returns>False when there is no live item.</returns>
    public bool Remove(in ItemKey key, RemoveReason reason, long now)
    {
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

    /// <summary>Ends all items of a database.</summary>
    public void Flush(int database)
    {
        long count = Count(database);
        BeginChange();
        ChangeCount += count;
        FlushCore(database);
        Tap?.OnFlushed(Index, database);
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
    /// Writes a part of a live item's value at its place; attributes.Cas is final, expiry and flags stay. False, and nothing
    /// changed, where that cannot be done.
    /// </summary>
    protected virtual bool OverwriteCore(in ItemKey key, int offset, ReadOnlySpan<byte> part, ulong cas, long now) => false;

    /// <summary>Changes the expiry of a live item.</summary>
    protected abstract bool SetExpiryCore(in ItemKey key, long expiresAt, long now);

    /// <summary>Unlinks a live item.</summary>
    protected abstract bool RemoveCore(in ItemKey key, long now);

    /// <summary>Unlinks all items of a database.</summary>
    protected abstract void FlushCore(int database);

    /// <summary>Engines call this for ends they cause themselves (expiry, eviction), before the key bytes are
    /// reused.</summary>
    protected void NoteRemoved(in ItemKey key, RemoveReason reason)
    {
        switch (reason)
        {
            case RemoveReason.Expired:
                ExpiredCount++;
                break;
            case RemoveReason.Evicted:
                EvictedCount++;
                break;
        }

        Tap?.OnRemoved(key, reason);
    }

    /// <summary>Engines with a reserve call this when they refuse a write that it is for.</summary>
    protected internal void NoteReserveRefused() => ReserveRefusedCount++;

    /// <summary>
    /// A change begins; may be nested. Not undone by an exception: then <see cref="IsChanging"/> stays true for ever.
    /// </summary>
    protected internal void BeginChange() => _changes++;

    /// <summary>The change is complete.</summary>
    protected internal void EndChange() => _changes--;

    /// <summary>Engines call this before they end a live item for memory.</summary>
    protected void NoteLost(LossReason reason) => _lost[(int)reason]++;

    private void NoteChange(in ItemKey key)
    {
        ChangeCount++;
        Watches.Touch(key);
    }

    /// <summary>
    /// A cas unique that no item had before. Unique over all shards without a shared counter: the shard's own count
    /// above the shard's index.
    /// </summary>
    public ulong NextCas() => (++_casCounter << ItemStore.ShardBits) | (uint)Index;
}
