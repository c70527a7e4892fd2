using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Makes the engine that a closed contract suite tests.</summary>
public interface IEngineFactory
{
    /// <summary>An empty store.</summary>
    ItemStore Create(long memoryLimit, ulong seed);

    /// <summary>Proves the engine's own invariants; called after every test.</summary>
    void Check(ItemStore store);
}
