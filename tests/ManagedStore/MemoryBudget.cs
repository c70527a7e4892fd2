namespace SessionGateway.Store.Managed;

/// <summary>The byte limit that all shards share.</summary>
internal sealed class MemoryBudget(long limit)
{
    private long _used;

    /// <summary>Takes bytes, or refuses when the limit would be passed. Giving back (negative) never fails.</summary>
    public bool TryTake(long bytes)
    {
        long used = Interlocked.Add(ref _used, bytes);
        if (bytes > 0 && used > limit)
        {
            Interlocked.Add(ref _used, -bytes);
            return false;
        }

        return true;
    }
}
