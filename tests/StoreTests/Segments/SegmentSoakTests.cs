using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.StoreTests.Segments;

/// <summary>The memory engine under random operations, checked for its own invariants after every round.</summary>
/// <remarks>
/// The test run makes a few hundred thousand operations; with SOAK_FACTOR=100 in the environment the same tests make as
/// many millions of them as a release deserves.
/// </remarks>
public sealed class SegmentSoakTests
{
    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("SOAK_FACTOR"), out int factor) ? factor : 1;

    [Fact]
    public void Random_operations_of_several_threads_agree_with_the_model()
    {
        using var store = new SegmentItemStore(1L << 30, 42);
        var soak = new StoreSoak(store, () => store.CheckIntegrity(), threads: 3, seed: 1, 3000, 1 << 20);
        soak.Run(rounds: 16 * Factor, operationsPerRound: 5000);
        Assert.Equal(0, soak.Refused);
    }

    [Fact]
    public void Random_operations_at_the_memory_limit_agree_with_the_model()
    {
        using var store = new SegmentItemStore(8 << 20, 43);
        var soak = new StoreSoak(store, () => store.CheckIntegrity(), threads: 2, seed: 2, 8000, 200_000);
        soak.Run(rounds: 16 * Factor, operationsPerRound: 5000);
        Assert.True(soak.Refused > 0, "the limit was never met");
    }

    [Fact]
    public void One_thread_with_few_keys_agrees_with_the_model()
    {
        using var store = new SegmentItemStore(64 << 20, 44);
        var soak = new StoreSoak(store, () => store.CheckIntegrity(), threads: 1, seed: 3, 60, 2 << 20);
        soak.Run(rounds: 40 * Factor, operationsPerRound: 500);
    }
}
