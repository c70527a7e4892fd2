namespace SessionGateway.Store.Segments.Snapshots;

/// <summary>A snapshot of all shards.</summary>
internal sealed class SegmentSnapshot(SegmentItemStore store, long takenAt) : StoreSnapshot
{
    private ulong _complete;

    /// <inheritdoc/>
    public override long TakenAt => takenAt;

    /// <inheritdoc/>
    public override bool IsComplete => Volatile.Read(ref _complete) == store.AllShards;

    /// <inheritdoc/>
    public override bool Step(int shard, int maxSteps)
    {
        ulong bit = 1UL << shard;
        if ((Volatile.Read(ref _complete) & bit) != 0)
        {
            return true;
        }

        SegmentShard s = store.SegmentShards[shard];
        s.Enter();
        try
        {
            if (!s.Snapshot.Step(ref maxSteps))
            {
                return false;
            }
        }
        finally
        {
            s.Exit();
        }

        Interlocked.Or(ref _complete, bit);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        for (int i = 0; i < store.Shards.Length; i++)
        {
            if ((Interlocked.Or(ref _complete, 1UL << i) & (1UL << i)) == 0)
            {
                SegmentShard shard = store.SegmentShards[i];
                shard.Enter();
                shard.Snapshot.Abandon();
                shard.Exit();
            }
        }
    }
}
