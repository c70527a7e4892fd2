namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// Gives the managed heap's memory back after a burst. In steady state nothing is allocated, so no collection comes by
/// itself and the garbage of queues, names and messages would stay in the process for hours.
/// </summary>
/// <param name="heap">Bytes of the heap, with garbage and with what is committed and free.</param>
/// <param name="collect">Collects everything and gives memory back to the system; takes about 10 ms.</param>
internal sealed class HeapTrim(Func<long> heap, Action collect)
{
    /// <summary>More than this above what was left last time is worth a collection.</summary>
    public const long SlackBytes = 16 << 20;

    /// <summary>Between two collections.</summary>
    public const int LeastMilliseconds = 5000;

    private long _least = long.MaxValue;
    private long _trimmedAt;

    /// <summary>For the heap of this process.</summary>
    public static HeapTrim OfProcess() => new(
        () => Math.Max(GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalCommittedBytes),
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    /// <summary>Looks at the heap; one loop calls it once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        long bytes = heap();
        _least = Math.Min(_least, bytes);
        if (bytes <= _least + SlackBytes || Math.Abs(now - _trimmedAt) < LeastMilliseconds)
        {
            return;
        }

        _trimmedAt = now;
        collect();
        // What is in use now is no reason to collect again.
        _least = heap();
    }
}
