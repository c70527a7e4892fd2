namespace SessionGateway.Gateway.Metrics;

/// <summary>The heap of this process.</summary>
internal sealed class ManagedHeap : IHeap
{
    private long _lastBefore;

    /// <inheritdoc/>
    public long Bytes =>
        Math.Max(GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalCommittedBytes);

    /// <inheritdoc/>
    public long? Marked => Last() is var last && last.Index > _lastBefore ? last.PromotedBytes : null;

    /// <inheritdoc/>
    public void Mark()
    {
        _lastBefore = Last().Index;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    /// <inheritdoc/>
    public void Compact() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    // One that everybody waits for knows as well what is in use.
    private static GCMemoryInfo Last()
    {
        GCMemoryInfo background = GC.GetGCMemoryInfo(GCKind.Background);
        GCMemoryInfo blocking = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return background.Index > blocking.Index ? background : blocking;
    }
}
