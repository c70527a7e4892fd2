using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Managed;

/// <summary>One shard of the simple engine: a table per database, made when first used.</summary>
internal sealed class ManagedShard(ItemStore store, int index, MemoryBudget budget)
    : Shard(index, store.Mutations)
{
    private readonly ManagedTable?[] _tables = new ManagedTable?[ItemStore.AllDatabases];
    private long _usedBytes;
    private int _sweepDatabase;
    private int _sweepPlace;

    public override long UsedBytes => _usedBytes;

    public override long Count(int database) => _tables[database]?.Count ?? 0;

    public override bool TryGet(scoped in ItemKey key, long now, out ItemView item)
    {
        int place = FindLive(key, now);
        if (place < 0)
        {
            item = default;
            return false;
        }

        ref ManagedEntry entry = ref _tables[key.Database]!.At(place);
        item = entry.View();
        NoteRead(key, entry.Cas, entry.LastAccess, !entry.WasRead, now);
        entry.LastAccess = now;
        entry.WasRead = true;
        return true;
    }

    public override bool TryPeek(scoped in ItemKey key, long now, out ItemView item)
    {
        int place = FindLive(key, now);
        item = place < 0 ? default : _tables[key.Database]!.At(place).View();
        return place >= 0;
    }

    public override bool ExpireStep(long now, int maxSteps)
    {
        TellAccesses();
        if (!ReclaimPages(ref maxSteps))
        {
            return false;
        }

        while (_sweepDatabase < ItemStore.DatabaseCount)
        {
            if (_tables[_sweepDatabase] is { } table)
            {
                for (; _sweepPlace < table.Places.Length; _sweepPlace++)
                {
                    if (--maxSteps < 0)
                    {
                        return false;
                    }

                    if (table.At(_sweepPlace) is { Data: not null } entry && entry.IsExpired(now))
                    {
                        End(table, _sweepPlace, store.Key(_sweepDatabase, entry.Key), RemoveReason.Expired);
                    }
                }
            }

            _sweepDatabase++;
            _sweepPlace = 0;
        }

        _sweepDatabase = 0;
        return true;
    }

    public override ulong ScanStep(int database, ulong cursor, long now, IItemVisitor visitor)
    {
        if (_tables[database] is not { } table)
        {
            return 0;
        }

        for (int place = table.BucketAt(cursor); place >= 0; place = table.At(place).Next)
        {
            ref ManagedEntry entry = ref table.At(place);
            if (!entry.IsExpired(now))
            {
                visitor.Visit(entry.Key, entry.View());
            }
        }

        return table.NextCursor(cursor);
    }

    public override bool VisitRandom(int database, Random random, long now, IItemVisitor visitor)
    {
        if (_tables[database] is not { Count: > 0 } table)
        {
            return false;
        }

        int start = random.Next(table.Places.Length);
        for (int i = 0; i < table.Places.Length; i++)
        {
            ref ManagedEntry entry = ref table.At((start + i) % table.Places.Length);
            if (entry.Data is not null && !entry.IsExpired(now))
            {
                visitor.Visit(entry.Key, entry.View());
                return true;
            }
        }

        return false;
    }

    protected override StoreStatus PutCore(
        in ItemKey key,
        ReadOnlySpan<byte> head,
        int zeros,
        ReadOnlySpan<byte> tail,
        in ItemAttributes attributes,
        long now,
        out bool unchanged)
    {
        if (zeros > 0)
        {
            byte[] whole = [.. head, .. new byte[zeros], .. tail];
            return PutCore(key, whole, 0, default, attributes, now, out unchanged);
        }

        unchanged = false;
        ManagedTable table = _tables[key.Database] ??= new ManagedTable();
        byte[] ended = [];
        ItemType endedType = ItemType.String;
        int place = FindLive(key, now);
        if (place >= 0)
        {
            // An edit leaves no pages behind: it is one of a value without any.
            ref ManagedEntry old = ref table.At(place);
            ended = attributes.IsEdit || attributes.Type == ItemType.Page ? [] : old.View().Value.ToArray();
            endedType = old.Type;
        }

        int needed = key.Bytes.Length + head.Length + tail.Length;
        byte[]? data = place >= 0 ? table.At(place).Data : null;

        // An array is written over when the new value fits without wasting half of it; the head is moved first, which
        // is safe for a tail that points into the old value only when there is no head.
        bool reuse = data is not null && data.Length >= needed && data.Length <= 2 * needed + 64
            && (tail.IsEmpty || head.IsEmpty);
        if (!reuse)
        {
            byte[] fresh = GC.AllocateUninitializedArray<byte>((needed + 15) & ~15);
            long growth = fresh.Length - (data?.Length ?? -ManagedEntry.Overhead);
            if (!budget.TryTake(growth))
            {
                return StoreStatus.OutOfMemory;
            }

            _usedBytes += growth;
            key.Bytes.CopyTo(fresh);
            data = fresh;
        }

        head.CopyTo(data.AsSpan(key.Bytes.Length));
        tail.CopyTo(data.AsSpan(key.Bytes.Length + head.Length));
        ref ManagedEntry entry = ref table.At(place >= 0 ? place : table.Add(key.Hash));
        entry.Data = data;
        entry.KeyLength = key.Bytes.Length;
        entry.ValueLength = head.Length + tail.Length;
        entry.Flags = attributes.Flags;
        entry.Type = attributes.Type;
        entry.Form = attributes.Form;
        entry.Cas = attributes.Cas;
        entry.ExpiresAt = attributes.ExpiresAt;
        entry.LastAccess = now;
        entry.WasRead = attributes.IsEdit && entry.WasRead;
        if (IsTold && !attributes.IsQuiet)
        {
            Tell(new Mutation
            {
                Kind = MutationKind.Put,
                At = now,
                Database = key.Database,
                Key = key.Bytes,
                Head = entry.Value,
                Flags = attributes.Flags,
                Type = attributes.Type,
                Form = attributes.Form,
                Cas = attributes.Cas,
                ExpiresAt = attributes.ExpiresAt,
                Marks = new ItemMarks(now, WasRead: false, IsAnonymous: false),
            });
        }

        if (ended.Length > 0)
        {
            NoteValueEnded(key.Database, endedType, ended);
        }

        return StoreStatus.Stored;
    }

    protected override ItemKey KeyOf(int database, ReadOnlySpan<byte> bytes) => store.Key(database, bytes);

    protected override bool TryEditCore(scoped in ItemKey key, long now, ulong cas, out Span<byte> value)
    {
        value = default;
        int place = FindLive(key, now);
        if (place < 0)
        {
            return false;
        }

        ref ManagedEntry entry = ref _tables[key.Database]!.At(place);
        entry.Cas = cas;
        value = entry.Data.AsSpan(entry.KeyLength, entry.ValueLength);
        return true;
    }

    protected override bool SetExpiryCore(in ItemKey key, long expiresAt, long now)
    {
        int place = FindLive(key, now);
        if (place < 0)
        {
            return false;
        }

        ref ManagedEntry entry = ref _tables[key.Database]!.At(place);
        entry.ExpiresAt = expiresAt;
        entry.LastAccess = now;
        return true;
    }

    protected override void SetMarksCore(in ItemKey key, in ItemMarks marks)
    {
        if (_tables[key.Database] is { } table && table.Find(key) is >= 0 and int place)
        {
            ref ManagedEntry entry = ref table.At(place);
            entry.LastAccess = marks.LastAccess;
            entry.WasRead = marks.WasRead;
        }
    }

    protected override bool RemoveCore(in ItemKey key, long now)
    {
        int place = FindLive(key, now);
        if (place < 0)
        {
            return false;
        }

        Unlink(_tables[key.Database]!, key.Database, place);
        return true;
    }

    protected override void FlushCore(int database)
    {
        if (_tables[database] is not { } table)
        {
            return;
        }

        foreach (ref ManagedEntry entry in table.Places)
        {
            if (entry.Data is { } data)
            {
                GiveBack(data);
            }
        }

        _tables[database] = null;
        if (_sweepDatabase == database)
        {
            _sweepPlace = 0;
        }
    }

    private int FindLive(in ItemKey key, long now)
    {
        if (_tables[key.Database] is not { } table)
        {
            return -1;
        }

        int place = table.Find(key);
        if (place >= 0 && table.At(place).IsExpired(now))
        {
            End(table, place, key, RemoveReason.Expired);
            return -1;
        }

        return place;
    }

    private void End(ManagedTable table, int place, in ItemKey key, RemoveReason reason)
    {
        Unlink(table, key.Database, place);
        NoteRemoved(key, reason);
    }

    private void Unlink(ManagedTable table, int database, int place)
    {
        ref ManagedEntry entry = ref table.At(place);
        NoteValueEnded(database, entry.Type, entry.View().Value);
        GiveBack(table.At(place).Data!);
        table.RemoveAt(place);
    }

    private void GiveBack(byte[] data)
    {
        long bytes = data.Length + ManagedEntry.Overhead;
        budget.TryTake(-bytes);
        _usedBytes -= bytes;
    }
}
