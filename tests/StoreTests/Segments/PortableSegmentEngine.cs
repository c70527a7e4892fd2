using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Segments;

/// <summary>The memory engine on the system's heap, as it runs where there is no mmap.</summary>
public sealed class PortableSegmentEngine : IEngineFactory
{
    /// <inheritdoc/>
    public ItemStore Create(long memoryLimit, ulong seed) =>
        new SegmentItemStore(new SegmentStoreOptions { MemoryLimit = memoryLimit, Seed = seed, PortableMemory = true });

    /// <inheritdoc/>
    public void Check(ItemStore store) => ((SegmentItemStore)store).CheckIntegrity();
}
