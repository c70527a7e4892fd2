using SessionGateway.Store;
using SessionGateway.Store.Managed;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.StoreTests.Collections;

/// <summary>A short run of the soak; <c>bench/Microbench -- soak collections</c> runs 20 million operations.</summary>
public sealed class CollectionSoakTests
{
    [Fact]
    public void Random_operations_agree_with_the_model()
    {
        using var store = new SegmentItemStore(1L << 30, 42);
        Run(store, () => store.CheckIntegrity(), names: 3000, rounds: 6);
    }

    [Fact]
    public void Random_operations_on_small_collections_agree_with_the_model()
    {
        using var store = new SegmentItemStore(64 << 20, 43);
        Run(store, () => store.CheckIntegrity(), names: 60, rounds: 6);
    }

    [Fact]
    public void Random_operations_at_the_memory_limit_agree_with_the_model()
    {
        using var store = new SegmentItemStore(8 << 20, 44);
        CollectionSoak soak = Run(store, () => store.CheckIntegrity(), names: 20_000, rounds: 8, longBytes: 150_000);
        Assert.True(soak.Refused > 0, "the limit was never met");
    }

    [Fact]
    public void The_naive_twin_agrees_with_the_model_as_well()
    {
        using var store = new ManagedItemStore(1L << 30, 45);
        Run(store, () => { }, names: 1000, rounds: 4);
    }

    private static CollectionSoak Run(ItemStore store, Action check, int names, int rounds, int longBytes = 9000)
    {
        var soak = new CollectionSoak(store, seed: names, names, longBytes);
        for (int round = 0; round < rounds; round++)
        {
            soak.Run(20_000);
            soak.CompareAll();
            check();
        }

        return soak;
    }
}
