using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Segments;

/// <summary>The memory engine with compression for every key and nearly every length.</summary>
public sealed class CompressingSegmentEngine : IEngineFactory
{
    /// <inheritdoc/>
    public ItemStore Create(long memoryLimit, ulong seed) => new SegmentItemStore(new SegmentStoreOptions
    {
        MemoryLimit = memoryLimit,
        Seed = seed,
        Compression = [new CompressionRule(default, 64)],
    });

    /// <inheritdoc/>
    public void Check(ItemStore store) => ((SegmentItemStore)store).CheckIntegrity();
}
