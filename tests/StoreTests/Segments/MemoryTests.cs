using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.Store.Segments.Integrity;

namespace SessionGateway.StoreTests.Segments;

/// <summary>What items cost in memory, counted by the engine; the checker proves the counts.</summary>
public sealed class MemoryTests : SegmentSuite
{
    private const int Count = 60_000;
    private const int KeyBytes = 40;
    private int[] _sizes = [];
    private readonly Random _random = new(4);

    public MemoryTests() => UseStore(new() { MemoryLimit = 1L << 30, Seed = 6 });

    [Fact]
    public void An_item_costs_at_most_64_bytes_beside_key_and_value()
    {
        // Twice as many items: what each shard has begun and not filled yet is part of the cost.
        Load(2 * Count);
        long payload = _sizes.Sum(s => (long)s + KeyBytes);
        double overhead = (double)(Store.UsedBytes - payload) / _sizes.Length;
        Assert.InRange(overhead, 0, 64 + DebugGuards.CanaryBytes);
    }

    [Fact]
    public void Rewrites_of_the_same_size_cost_nothing()
    {
        Load();
        long before = Store.UsedBytes;
        Rewrite(changeSize: false);
        Rewrite(changeSize: false);
        Assert.Equal(before, Store.UsedBytes);
        Assert.Equal(0, Store.CheckIntegrity().DeadBytes);
    }

    [Fact]
    public void Rewrites_of_other_sizes_leave_at_most_a_tenth_above_the_payload()
    {
        Load();
        Rewrite(changeSize: true);
        Rewrite(changeSize: true);
        for (int second = 0; second < 5; second++)
        {
            Now += 1000;
            Maintain();
        }

        double ratio = (double)Store.UsedBytes / _sizes.Sum(s => s + KeyBytes);
        Assert.True(ratio <= 1.10, $"memory is {ratio:F3} times the payload");
    }

    [Fact]
    public void Expired_items_give_their_memory_back()
    {
        Load();
        Now += 1_440_000;
        Maintain();
        Assert.Equal(0, Store.Count(0));
        Assert.True(Store.UsedBytes < 6 << 20, $"{Store.UsedBytes} bytes are still held");
    }

    [Fact]
    public void Half_of_the_items_gone_gives_half_of_the_memory_back()
    {
        Load();
        long full = Store.UsedBytes;
        for (int i = 0; i < Count; i += 2)
        {
            Remove(KeyOf(i));
        }

        for (int second = 0; second < 5; second++)
        {
            Now += 1000;
            Maintain();
        }

        Assert.True(Store.UsedBytes < full * 0.57, $"{Store.UsedBytes} of {full} bytes are held");
        IntegrityReport report = Store.CheckIntegrity();
        Assert.Equal(Count / 2, report.Items);
    }

    [Fact]
    public void Reads_rewrites_and_touches_allocate_nothing()
    {
        Load();
        byte[] value = new byte[4096];
        byte[] key = Bytes(KeyOf(17));
        void Cycle()
        {
            for (int i = 0; i < 2000; i++)
            {
                ItemKey k = Store.Key(0, key);
                using ShardScope scope = Store.Enter(k, Now);
                scope.Shard.TryGet(k, Now, out _);
                scope.Shard.SetExpiry(k, Now + 5000 + i, Now);
                ReadOnlySpan<byte> other = value.AsSpan(0, 500 + (i % 3000));
                scope.Shard.Put(k, other, default, new ItemAttributes(0, Now + 9), Now, out _);
                scope.Shard.Remove(k, RemoveReason.Deleted, Now);
                scope.Shard.Put(k, value, default, new ItemAttributes(3, 0), Now, out _);
            }
        }

        Cycle();
        Assert.Equal(0, Allocations.Least(Cycle));
    }

    private static string KeyOf(int i) => $"session-{i}".PadRight(KeyBytes, '.');

    private void Load(int count = Count)
    {
        _sizes = new int[count];
        for (int i = 0; i < count; i++)
        {
            _sizes[i] = NextSize();
            Assert.Equal(StoreStatus.Stored, Put(KeyOf(i), new byte[_sizes[i]], Now + 1_440_000));
        }
    }

    private void Rewrite(bool changeSize)
    {
        for (int n = 0; n < Count; n++)
        {
            int i = (int)((long)n * 7919 % Count);
            _sizes[i] = changeSize ? NextSize() : _sizes[i];
            Assert.Equal(StoreStatus.Stored, Put(KeyOf(i), Pattern(_sizes[i], n), Now + 1_440_000));
        }
    }

    // Lognormal with median 600 and mean 1,200, at most 65,536: session payloads.
    private int NextSize()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        double normal = radius * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (int)Math.Clamp(600 * Math.Exp(1.1774 * normal), 1, 65_536);
    }
}
