using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Soak;

namespace SessionGateway.StoreTests.Segments;

/// <summary>A full store serves those who are in it. <c>bench/Microbench -- soak full</c> runs an hour of
/// each.</summary>
public sealed class FullStoreTests : SegmentSuite
{
    private const int Seconds = 40;

    [Theory]
    [InlineData(8, 100)]
    [InlineData(8, 2_000)]
    [InlineData(8, 20_000)]
    [InlineData(8, 900_000)]
    [InlineData(64, 100)]
    [InlineData(64, 2_000)]
    [InlineData(64, 10_000)]
    [InlineData(64, 20_000)]
    [InlineData(64, 100_000)]
    [InlineData(64, 900_000)]
    [InlineData(512, 8_000)]
    [InlineData(512, 20_000)]
    [InlineData(512, 900_000)]
    public void Locks_touches_counters_and_small_growth_are_never_refused(int megabytes, int size)
    {
        UseStore(new() { MemoryLimit = (long)megabytes << 20, Seed = 7 });
        var soak = new FullStoreSoak(Store, size, seed: 3);
        int sessions = soak.Sessions;
        Store.CheckIntegrity();
        soak.Run(Seconds);
        Assert.Equal(0, soak.RefusedInside);
        Assert.Equal(sessions + soak.Admitted, soak.Sessions);
        Assert.True(soak.RefusedNew > 500, "the store was never full");
        Assert.True(Store.UsedBytes <= Store.MemoryLimit, $"{Store.UsedBytes} bytes");
        soak.ReadAll();
    }

    [Theory]
    [InlineData(8, 2_000)]
    [InlineData(64, 20_000)]
    public void Locks_are_not_refused_for_what_connections_hold(int megabytes, int size)
    {
        UseStore(new() { MemoryLimit = (long)megabytes << 20, Seed = 7 });
        var soak = new FullStoreSoak(Store, size, seed: 3);
        Store.CountBuffers(Store.MemoryLimit / 4);
        Assert.Equal(0, soak.CountRefusedLocks(3000));
        Store.CountBuffers(-Store.MemoryLimit / 4);
        Store.CheckIntegrity();
    }
}
