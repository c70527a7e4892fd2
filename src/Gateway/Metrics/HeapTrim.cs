namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// Gives the memory of the managed and the C library's heap back after a burst. In steady state nothing is allocated,
/// so no collection comes by itself and the garbage of names and messages would stay in the process for hours.
/// </summary>
/// <param name="heap">Bytes of the heap, with garbage and with what is committed and free.</param>
/// <param name="freed">Bytes of objects, ever growing, that closed connections have left to the collector.</param>
/// <param name="collect">Collects everything and gives memory back to the system; takes about 10 ms.</param>
internal sealed class HeapTrim(Func<long> heap, Func<long> freed, Action collect)
{
    /// <summary>More than this above what was left last time is worth a collection.</summary>
    public const long SlackBytes = 16 << 20;

    /// <summary>More than this left behind by connections is worth one, whatever the heap had before.</summary>
    public const long FreedBytes = 4 << 20;

    /// <summary>Between two collections.</summary>
    public const int LeastMilliseconds = 5000;

    private long _least = long.MaxValue;
    private long _trimmedAt;
    private long _freedBefore;

    /// <summary>For the heap of this process.</summary>
    /// <param name="freed">See the constructor.</param>
    public static HeapTrim OfProcess(Func<long> freed) => new(
        () => Math.Max(GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalCommittedBytes),
        freed,
        () =>
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            NativeHeap.Trim();
        });

    /// <summary>Looks at the heap; one loop calls it once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        long bytes = heap();
        _least = Math.Min(_least, bytes);
        bool isWorthIt = bytes > _least + SlackBytes || freed() - _freedBefore > FreedBytes;
        if (!isWorthIt || Math.Abs(now - _trimmedAt) < LeastMilliseconds)
        {
            return;
        }

        _trimmedAt = now;
        _freedBefore = freed();
        collect();
        // What is in use now is no reason to collect again.
        _least = heap();
    }
}
