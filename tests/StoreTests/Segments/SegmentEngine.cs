using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Segments;

/// <summary>The memory engine.</summary>
public sealed class SegmentEngine : IEngineFactory
{
    /// <inheritdoc/>
    public ItemStore Create(long memoryLimit, ulong seed) => new SegmentItemStore(memoryLimit, seed);

    /// <inheritdoc/>
    public void Check(ItemStore store) => ((SegmentItemStore)store).CheckIntegrity();
}
