using SessionGateway.Store;
using SessionGateway.Store.Managed;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Managed;

/// <summary>The simple engine.</summary>
public sealed class ManagedEngine : IEngineFactory
{
    /// <inheritdoc/>
    public ItemStore Create(long memoryLimit, ulong seed) => new ManagedItemStore(memoryLimit, seed);

    /// <inheritdoc/>
    public void Check(ItemStore store)
    {
        long count = 0;
        for (int database = 0; database < ItemStore.DatabaseCount; database++)
        {
            count += store.Count(database);
        }

        Assert.Equal(count == 0, store.UsedBytes == 0);
    }
}
