using SessionGateway.Store;

namespace SessionGateway.ServerTests.Containment;

/// <summary>A shard over another one, with its own lock: nobody else takes the inner one, so that what was found there
/// stays as long as this one is held.</summary>
internal sealed class FaultyShard(FaultyStore store, Shard inner) : Shard(inner.Index, store.Mutations)
{
    public override long UsedBytes => inner.UsedBytes;

    public override bool TryGet(scoped in ItemKey key, long now, out ItemView item)
    {
        Read();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.TryGet(key, now, out item);
    }

    public override bool TryPeek(scoped in ItemKey key, long now, out ItemView item)
    {
        Read();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.TryPeek(key, now, out item);
    }

    public override long Count(int database)
    {
        Read();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.Count(database);
    }

    public override bool ExpireStep(long now, int maxSteps)
    {
        using ShardScope held = ItemStore.Enter(inner);
        return inner.ExpireStep(now, maxSteps);
    }

    public override ulong ScanStep(int database, ulong cursor, long now, IItemVisitor visitor)
    {
        Read();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.ScanStep(database, cursor, now, visitor);
    }

    public override bool VisitRandom(int database, Random random, long now, IItemVisitor visitor)
    {
        Read();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.VisitRandom(database, random, now, visitor);
    }

    protected override StoreStatus PutCore(
        in ItemKey key, ReadOnlySpan<byte> head, int zeros, ReadOnlySpan<byte> tail, in ItemAttributes attributes,
        long now, out bool unchanged)
    {
        Write();
        unchanged = false;
        using ShardScope held = ItemStore.Enter(inner);
        return inner.Put(key, head, zeros, tail, attributes, now, out _);
    }

    protected override bool TryEditCore(scoped in ItemKey key, long now, ulong cas, out Span<byte> value) =>
        throw new NotSupportedException("no test here has collections");

    protected override ItemKey KeyOf(int database, ReadOnlySpan<byte> bytes) => store.Key(database, bytes);

    protected override bool SetExpiryCore(in ItemKey key, long expiresAt, long now)
    {
        Write();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.SetExpiry(key, expiresAt, now);
    }

    protected override void SetMarksCore(in ItemKey key, in ItemMarks marks) => Write();

    protected override bool RemoveCore(in ItemKey key, long now)
    {
        Write();
        using ShardScope held = ItemStore.Enter(inner);
        return inner.Remove(key, RemoveReason.Deleted, now);
    }

    protected override void FlushCore(int database)
    {
        Write();
        using ShardScope held = ItemStore.Enter(inner);
        inner.Flush(database);
    }

    private void Read()
    {
        if (store.FailsReads)
        {
            throw new OutOfMemoryException("injected");
        }
    }

    private void Write()
    {
        if (store.FailsWrites)
        {
            throw new OutOfMemoryException("injected");
        }
    }
}
