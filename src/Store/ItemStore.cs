using System.Diagnostics;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;

namespace SessionGateway.Store;

/// <summary>
/// The items of all databases, split over <see cref="ShardCount"/> shards with a lock each (ADR 0002). Times are Unix
/// milliseconds and always come from the caller. An engine derives from this class and from <see cref="Shard"/>.
/// </summary>
public abstract class ItemStore : IDisposable
{
    /// <summary>Bits of the hash that choose the shard, if nothing else is said and at most. 64 shards: a set of shards
    /// fits one machine word.</summary>
    public const int ShardBits = 6;

    /// <summary>Number of shards, if nothing else is said and at most.</summary>
    public const int ShardCount = 1 << ShardBits;

    /// <summary>Number of databases, as many as Redis has by default.</summary>
    public const int DatabaseCount = 16;

    /// <summary>Databases that engines keep: those of the items, then as many for the pages of their large
    /// collections.</summary>
    public const int AllDatabases = 2 * DatabaseCount;

    /// <summary>Longest key. memcached allows 250 bytes, RESP clients in the field stay far below this.</summary>
    public const int MaxKeyBytes = 65_535;

    private readonly ulong _seed;
    private readonly int _shardShift;
    private long _flushDue = long.MaxValue;
    private bool _keepsExpired;
    private int _flushDatabase;
    private long _bufferBytes;

    /// <summary>Makes a store whose hash is keyed by <paramref name="seed"/> (random per process: hash
    /// flooding).</summary>
    /// <param name="seed">Hash seed.</param>
    /// <param name="shardBits">0 to <see cref="ShardBits"/>: the shards are a power of two.</param>
    protected ItemStore(ulong seed, int shardBits = ShardBits)
    {
        _seed = seed;
        _shardShift = 64 - shardBits;
        AllShards = ulong.MaxValue >> (ShardCount - (1 << shardBits));
    }

    /// <summary>The effects on the items, for those who listen.</summary>
    public MutationStream Mutations { get; } = new();

    /// <summary>A bit set of all shards.</summary>
    public ulong AllShards { get; }

    /// <summary>The highest cas unique that was given; those of a store that goes on from this one's items must be
    /// above.</summary>
    public ulong LastCas
    {
        get
        {
            ulong last = 0;
            foreach (Shard shard in Shards)
            {
                last = Math.Max(last, shard.LastCas);
            }

            return last;
        }
    }

    /// <summary>The shards, in index order.</summary>
    public abstract ReadOnlySpan<Shard> Shards { get; }

    /// <summary>Memory limit in bytes for everything the store holds.</summary>
    public abstract long MemoryLimit { get; }

    /// <summary>Bytes held now, with <see cref="BufferBytes"/>.</summary>
    public virtual long UsedBytes
    {
        get
        {
            long sum = BufferBytes;
            foreach (Shard shard in Shards)
            {
                sum += shard.UsedBytes;
            }

            return sum;
        }
    }

    /// <summary>Bytes outside the store that count against its limit; see <see cref="CountBuffers"/>.</summary>
    public long BufferBytes => Interlocked.Read(ref _bufferBytes);

    /// <summary>What happens to writes when memory is full of live items.</summary>
    public virtual EvictionPolicy Policy => EvictionPolicy.Protect;

    /// <summary>Where <see cref="MemoryPressure"/> changes.</summary>
    public PressureMarks PressureMarks { get; init; } = PressureMarks.Default;

    /// <summary>How full the memory is.</summary>
    public MemoryPressure MemoryPressure => PressureMarks.Of(UsedBytes, MemoryLimit - ReserveBytes);

    /// <summary>Hears of items given up for memory, or null.</summary>
    public ILossListener? Losses { get; set; }

    /// <summary>Hears of items that expire or are evicted, one by one and soon after their time, or null.</summary>
    public IEndListener? Ends
    {
        get => Mutations.Ends;
        set => Mutations.Ends = value;
    }

    /// <summary>Live items given up for memory since the start.</summary>
    public long LostCount(LossReason reason)
    {
        long sum = 0;
        foreach (Shard shard in Shards)
        {
            sum += shard.LostCount(reason);
        }

        return sum;
    }

    /// <summary>Writes refused with <see cref="StoreStatus.OutOfMemory"/> since the start.</summary>
    public long RefusedCount => Sum(static shard => shard.RefusedCount);

    /// <summary>
    /// Bytes of <see cref="MemoryLimit"/> that new items cannot take: locks, counters and rewrites that hardly grow are
    /// served from it when memory is full. 0 in engines without one.
    /// </summary>
    public virtual long ReserveBytes => 0;

    /// <summary>Bytes of <see cref="ReserveBytes"/> in use.</summary>
    public virtual long ReserveUsedBytes => 0;

    /// <summary>Those of <see cref="RefusedCount"/> that the reserve is for: even it was gone.</summary>
    public long ReserveRefusedCount => Sum(static shard => shard.ReserveRefusedCount);

    /// <summary>Writes, changes of an expiry and ends on demand since the start.</summary>
    public long ChangeCount => Sum(static shard => shard.ChangeCount);

    /// <summary>Writes since the start that found their value there already and only renewed its attributes.</summary>
    public long UnchangedCount => Sum(static shard => shard.UnchangedCount);

    /// <summary>What compression has saved and cost; nothing in engines without it.</summary>
    public virtual CompressionReport ReportCompression() => CompressionReport.None;

    /// <summary>
    /// Counts memory that its owner holds beside the store (what connections have received and not yet sent) against
    /// the limit, so that items make way for it or writes are refused. It is never refused itself: its owner has limits
    /// of its own. Any thread.
    /// </summary>
    /// <param name="growth">Bytes that came; negative: went.</param>
    public virtual void CountBuffers(long growth) => Interlocked.Add(ref _bufferBytes, growth);

    /// <summary>Makes a key of this store.</summary>
    public ItemKey Key(int database, ReadOnlySpan<byte> bytes) =>
        new(bytes, database, KeyHash.Compute(bytes, _seed + (uint)database));

    /// <summary>The database of the pages of a database's collections. A page lies in the shard of its collection,
    /// wherever its own key would lead.</summary>
    /// <param name="database">The database, or that of its pages already (<see cref="StagedCollection"/>).</param>
    public static int PagesOf(int database) => database < DatabaseCount ? database + DatabaseCount : database;

    /// <summary>Index of the shard that holds a key.</summary>
    public int ShardOf(in ItemKey key) => ShardOf(key.Hash);

    /// <summary>Index of the shard that holds a key of this hash.</summary>
    public int ShardOf(ulong hash) => _shardShift == 64 ? 0 : (int)(hash >> _shardShift);

    /// <summary>Begins to tell a listener of every effect.</summary>
    /// <returns>The position before the first that it hears of. A snapshot that begins under the same hold of all
    /// shards (<see cref="EnterMany"/>) is the state there.</returns>
    public long Listen(IMutationListener listener) => ChangeListeners(added: listener, removed: null);

    /// <summary>Tells a listener nothing more.</summary>
    public void Unlisten(IMutationListener listener) => ChangeListeners(added: null, removed: listener);

    /// <summary>Has the replies of who reads wait for what is read to be settled. What is written from now on
    /// counts.</summary>
    public void Guard(IReadGuard guard)
    {
        using var all = new MultiShardScope(this, AllShards);
        foreach (Shard shard in Shards)
        {
            shard.Effects.Unsettled = new UnsettledWrites(guard);
        }
    }

    /// <summary>Own cas uniques are above this one from now on, whatever their key: for a store that takes
    /// over.</summary>
    public void RaiseCas(ulong cas)
    {
        using var all = new MultiShardScope(this, AllShards);
        foreach (Shard shard in Shards)
        {
            shard.RaiseCas(cas);
        }
    }

    /// <summary>As <see cref="Flush"/>, for what happened elsewhere: nobody is told.</summary>
    public void RestoreFlush(int database)
    {
        using var all = new MultiShardScope(this, AllShards);
        foreach (Shard shard in Shards)
        {
            shard.Flush(database);
        }
    }

    /// <summary>True when what goes under pressure depends on reads.</summary>
    protected virtual bool TracksAccess => Policy == EvictionPolicy.EvictLru;

    /// <summary>Locks the shard of a key. A flush that was scheduled for a time up to <paramref name="now"/> has
    /// happened before.</summary>
    public ShardScope Enter(in ItemKey key, long now)
    {
        if (now >= Volatile.Read(ref _flushDue))
        {
            ApplyScheduledFlush(now);
        }

        Shard shard = Shards[ShardOf(key)];
        AssertOrder(shard.Index);
        shard.Enter();
        shard.Effects.Unsettled?.OnEnter(key.Hash);
        return new ShardScope(shard);
    }

    /// <summary>Locks several shards, given as a bit set of their indexes, for an operation over several
    /// keys.</summary>
    public MultiShardScope EnterMany(ulong shardMask, long now)
    {
        if (now >= Volatile.Read(ref _flushDue))
        {
            ApplyScheduledFlush(now);
        }

        return new MultiShardScope(this, shardMask);
    }

    /// <summary>
    /// After an exception in a command of this thread: gives back what locks it may have left behind, and proves that
    /// no change was left half done.
    /// </summary>
    /// <returns>False when one was: then nothing may go on with these items.</returns>
    public bool TryRecover()
    {
        bool isWhole = true;
        foreach (Shard shard in Shards)
        {
            shard.Enter();
            isWhole &= !shard.IsChanging;
            while (shard.IsHeld)
            {
                shard.Exit();
            }
        }

        return isWhole;
    }

    /// <summary>Number of items of a database; also of those that were not settled (<see cref="Guard"/>): who asks how
    /// this node is does not wait.</summary>
    public long Count(int database)
    {
        long sum = 0;
        foreach (Shard shard in Shards)
        {
            shard.Enter();
            sum += shard.Count(database);
            shard.Exit();
        }

        return sum;
    }

    /// <summary>Locks a shard.</summary>
    public static ShardScope Enter(Shard shard)
    {
        shard.Enter();
        return new ShardScope(shard);
    }

    /// <summary>Locks a shard to tell a client of any of its keys (<see cref="Guard"/>).</summary>
    public static ShardScope EnterToRead(Shard shard)
    {
        shard.Enter();
        shard.Effects.Unsettled?.OnEnter();
        return new ShardScope(shard);
    }

    /// <summary>Ends all items of a database as one step for every other client, and forgets a scheduled flush of
    /// it.</summary>
    public void Flush(int database)
    {
        using var all = new MultiShardScope(this, AllShards);
        if (_flushDatabase == database)
        {
            Volatile.Write(ref _flushDue, long.MaxValue);
        }

        FlushAndTell(database);
    }

    /// <summary>Ends all items that the database holds at time <paramref name="due"/>; replaces an earlier schedule
    /// (memcached flush_all DELAY).</summary>
    public void ScheduleFlush(int database, long due)
    {
        using var all = new MultiShardScope(this, AllShards);
        _flushDatabase = database;
        Volatile.Write(ref _flushDue, due);
    }

    /// <summary>For tests: expired items stay until somebody writes there; nobody reads them all the same.</summary>
    public bool KeepsExpired
    {
        get => Volatile.Read(ref _keepsExpired);
        set => Volatile.Write(ref _keepsExpired, value);
    }

    /// <summary>Reclaims expired items of one shard in a bounded step.</summary>
    /// <returns>True when the shard's round is complete.</returns>
    public bool Maintain(int shard, long now, int maxSteps)
    {
        if (now >= Volatile.Read(ref _flushDue))
        {
            ApplyScheduledFlush(now);
        }

        if (KeepsExpired)
        {
            return true;
        }

        Shard s = Shards[shard];
        AssertOrder(shard);
        s.Enter();
        try
        {
            return s.ExpireStep(now, maxSteps);
        }
        finally
        {
            s.Exit();
        }
    }

    /// <summary>
    /// Steps an iteration over a database on, from cursor 0 back to cursor 0, visiting until at least <paramref
    /// name="count"/> items were seen or <paramref name="count"/> × 10 places were looked at (Redis' bound for SCAN
    /// COUNT).
    /// </summary>
    public ulong Scan(int database, ulong cursor, int count, long now, CountingVisitor visitor)
    {
        int places = count > int.MaxValue / 10 ? int.MaxValue : count * 10;
        return Scan(database, cursor, count, ref places, now, visitor);
    }

    /// <summary>
    /// Steps an iteration on until <paramref name="count"/> items were seen, no <paramref name="places"/> are left, or
    /// the visitor has enough.
    /// </summary>
    public ulong Scan(int database, ulong cursor, int count, ref int places, long now, CountingVisitor visitor)
    {
        do
        {
            int index = (int)(cursor & (ShardCount - 1)) % Shards.Length;
            Shard shard = Shards[index];
            ulong inner;
            using (visitor.IsFigure ? Enter(shard) : EnterToRead(shard))
            {
                inner = shard.ScanStep(database, cursor >> ShardBits, now, visitor);
            }

            if (inner == 0 && index == Shards.Length - 1)
            {
                return 0;
            }

            cursor = inner != 0 ? (inner << ShardBits) | (uint)index : (uint)(index + 1);
        }
        while (visitor.Seen < count && --places > 0 && !visitor.HasEnough);
        return cursor;
    }

    /// <summary>
    /// Begins a walk over all items as they are at this moment; only the caller's <see cref="StoreSnapshot.Step"/>
    /// moves it on. Who must know the position in a log that belongs to the moment holds all shards (<see
    /// cref="EnterMany"/>) meanwhile.
    /// </summary>
    /// <returns>Null while an earlier snapshot is not complete, or given up and not yet wound up by
    /// maintenance.</returns>
    /// <exception cref="NotSupportedException">The engine has no snapshots.</exception>
    public virtual StoreSnapshot? TryBeginSnapshot(ISnapshotSink sink, long now) =>
        throw new NotSupportedException($"{GetType().Name} has no snapshots.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the engine holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Locks are waited for in ascending order: one may be taken by a thread that holds it already, or that
    /// holds none above it. Debug builds look.</summary>
    [Conditional("DEBUG")]
    internal void AssertOrder(int index)
    {
        for (int above = index + 1; above < Shards.Length; above++)
        {
            Debug.Assert(
                !Shards[above].IsHeld || Shards[index].IsHeld, "a shard is waited for by the holder of a later one");
        }
    }

    private long Sum(Func<Shard, long> of)
    {
        long sum = 0;
        foreach (Shard shard in Shards)
        {
            sum += of(shard);
        }

        return sum;
    }

    private void ApplyScheduledFlush(long now)
    {
        using var all = new MultiShardScope(this, AllShards);
        if (now < _flushDue)
        {
            return;
        }

        Volatile.Write(ref _flushDue, long.MaxValue);
        FlushAndTell(_flushDatabase);
    }

    private void FlushAndTell(int database)
    {
        foreach (Shard shard in Shards)
        {
            Debug.Assert(shard.IsHeld, "a flush is one moment for all shards");
            shard.Flush(database);
        }

        if (Shards[0].IsTold)
        {
            Shards[0].Tell(new Mutation { Kind = MutationKind.Flushed, Database = database, Cas = LastCas });
            foreach (Shard shard in Shards)
            {
                shard.Effects.Unsettled?.NoteAll(Shards[0].LastPosition);
            }
        }
    }

    private long ChangeListeners(IMutationListener? added, IMutationListener? removed)
    {
        using var all = new MultiShardScope(this, AllShards);
        Mutations.Change(added, removed);
        foreach (Shard shard in Shards)
        {
            shard.Effects.OnListenersChanged(TracksAccess);
        }

        return Mutations.Position;
    }
}
