using System.Numerics;

namespace SessionGateway.Store.Segments.Snapshots;

/// <summary>A snapshot of all shards.</summary>
/// <param name="shards">The shards, for their locks.</param>
/// <param name="parts">What each does of it, under its lock.</param>
/// <param name="takenAt">Unix milliseconds.</param>
internal sealed class SegmentSnapshot(Shard[] shards, ShardSnapshot[] parts, long takenAt) : StoreSnapshot
{
    private ulong _complete;

    /// <inheritdoc/>
    public override long TakenAt => takenAt;

    /// <inheritdoc/>
    public override bool IsComplete => BitOperations.PopCount(Volatile.Read(ref _complete)) == parts.Length;

    /// <inheritdoc/>
    public override bool Step(int shard, int maxSteps)
    {
        if ((Volatile.Read(ref _complete) & (1UL << shard)) != 0)
        {
            return true;
        }

        using (ItemStore.Enter(shards[shard]))
        {
            if (!parts[shard].Step(ref maxSteps))
            {
                return false;
            }
        }

        Complete(shard);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        for (int i = 0; i < shards.Length; i++)
        {
            if (Complete(i))
            {
                using ShardScope scope = ItemStore.Enter(shards[i]);
                parts[i].Abandon();
            }
        }
    }

    // True when it was not complete before.
    private bool Complete(int shard)
    {
        ulong bit = 1UL << shard;
        return (Interlocked.Or(ref _complete, bit) & bit) == 0;
    }
}
