using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.StoreTests.Segments;

/// <summary>What goes, and what stays, when memory is full.</summary>
public sealed class PolicyTests : SegmentSuite
{
    private const long Limit = 64 << 20;

    [Fact]
    public void Protect_refuses_exactly_what_it_does_not_keep()
    {
        UseStore(Options(EvictionPolicy.Protect));
        int stored = 0;
        for (int i = 0; i < 60_000; i++)
        {
            stored += Put($"session-{i}", Pattern(2048, i), Now + 1_440_000) == StoreStatus.Stored ? 1 : 0;
        }

        Assert.InRange(stored, 25_000, 32_000);
        Assert.Equal(60_000 - stored, Store.RefusedCount);
        Assert.Equal(stored, CountIntact("session-", 60_000, 2048));
        Assert.Equal(0, Lost());
        Assert.Equal(MemoryPressure.Critical, Store.MemoryPressure);
    }

    [Fact]
    public void Anonymous_sessions_go_so_that_all_established_ones_stay()
    {
        UseStore(Options(EvictionPolicy.Protect, new PrefixRule(Bytes("session-"), PrefixClass.Anonymous)));
        for (int i = 0; i < 60_000; i++)
        {
            Now += 1;
            Assert.Equal(StoreStatus.Stored, Put($"session-{i}", Pattern(2048, i), Now + 1_440_000));

            // Every fourth visitor comes back: half of them write again, half only read.
            if (i % 8 == 0)
            {
                Assert.NotNull(Get($"session-{i}"));
            }
            else if (i % 8 == 4)
            {
                Assert.Equal(StoreStatus.Stored, Put($"session-{i}", Pattern(2048, i), Now + 1_440_000));
            }
        }

        for (int i = 0; i < 60_000; i += 4)
        {
            Assert.Equal(Pattern(2048, i), Get($"session-{i}"));
        }

        Assert.Equal(0, Store.RefusedCount);
        Assert.Equal(60_000 - Store.Count(0), Store.LostCount(LossReason.Anonymous));
        Assert.Equal(Store.LostCount(LossReason.Anonymous), Lost());
    }

    [Fact]
    public void Young_sessions_stay_while_every_shard_is_in_the_middle_of_a_compaction()
    {
        const int batch = 200;
        UseStore(Options(EvictionPolicy.Protect, new PrefixRule(Bytes("session-"), PrefixClass.Anonymous)));
        for (int first = 0; first < 60_000; first += batch)
        {
            Now += 100;
            for (int i = first; i < first + batch; i++)
            {
                Assert.Equal(StoreStatus.Stored, Put($"session-{i}", Pattern(2048, i)));
                Store.Maintain(i % ItemStore.ShardCount, Now, 64);
            }

            for (int i = first; i < first + batch; i += 4)
            {
                Assert.True(Get($"session-{i}") is not null, $"session {i} is lost before its visitor comes back");
            }
        }

        Assert.Equal(60_000 - Store.Count(0), Store.LostCount(LossReason.Anonymous));
        Assert.Equal(15_000, Enumerable.Range(0, 15_000).Count(i => Get($"session-{4 * i}") is not null));
    }

    [Fact]
    public void Established_sessions_are_protected_when_no_anonymous_one_is_left()
    {
        UseStore(Options(EvictionPolicy.Protect, new PrefixRule(Bytes("session-"), PrefixClass.Anonymous)));
        int stored = 0;
        for (int i = 0; i < 60_000; i++)
        {
            if (Put($"session-{i}", Pattern(2048, i)) == StoreStatus.Stored)
            {
                stored++;
                Assert.NotNull(Get($"session-{i}"));
            }
        }

        Assert.InRange(stored, 25_000, 32_000);
        Assert.Equal(stored, Store.Count(0));
        Assert.Equal(60_000 - stored, Store.RefusedCount);
        Assert.Equal(0, Lost());
    }

    [Fact]
    public void Evictable_prefixes_go_before_a_session_is_refused()
    {
        UseStore(Options(EvictionPolicy.Protect, new PrefixRule(Bytes("cache-"), PrefixClass.Evictable)));
        for (int i = 0; i < 20_000; i++)
        {
            Assert.Equal(StoreStatus.Stored, Put($"cache-{i}", Pattern(2048, i)));
        }

        for (int i = 0; i < 20_000; i++)
        {
            Assert.Equal(StoreStatus.Stored, Put($"session-{i}", Pattern(2048, i)));
        }

        Assert.Equal(20_000, CountIntact("session-", 20_000, 2048));
        Assert.Equal(40_000 - Store.Count(0), Store.LostCount(LossReason.EvictablePrefix));
        Assert.Equal(Store.LostCount(LossReason.EvictablePrefix), Lost());
    }

    [Fact]
    public void Evict_lru_takes_every_write_and_keeps_what_is_used()
    {
        UseStore(Options(EvictionPolicy.EvictLru));
        for (int i = 0; i < 60_000; i++)
        {
            Now += 1;
            Assert.Equal(StoreStatus.Stored, Put($"item-{i}", Pattern(2048, i)));
            Assert.NotNull(Get($"item-{i % 100}"));
        }

        Assert.InRange(Store.Count(0), 20_000, 32_000);
        Assert.Equal(60_000 - Store.Count(0), Store.LostCount(LossReason.LeastRecentlyUsed));
        Assert.Equal(Store.LostCount(LossReason.LeastRecentlyUsed), Lost());
        int recent = Enumerable.Range(50_000, 10_000).Count(i => Get($"item-{i}") is not null);
        Assert.True(recent > 9_000, $"only {recent} of the last 10,000 are kept");
    }

    [Fact]
    public void Volatile_ttl_takes_the_first_to_expire_and_never_an_item_without_expiry()
    {
        UseStore(Options(EvictionPolicy.VolatileTtl));
        for (int i = 0; i < 5000; i++)
        {
            Put($"forever-{i}", Pattern(2048, i));
        }

        for (int i = 0; i < 60_000; i++)
        {
            long ttl = i % 2 == 0 ? 60_000 + i : 86_400_000 + i;
            Assert.Equal(StoreStatus.Stored, Put($"item-{i}", Pattern(2048, i), Now + ttl));
        }

        Assert.Equal(5000, CountIntact("forever-", 5000, 2048));
        int soon = Enumerable.Range(0, 30_000).Count(i => Get($"item-{2 * i}") is not null);
        int late = Enumerable.Range(0, 30_000).Count(i => Get($"item-{(2 * i) + 1}") is not null);
        Assert.True(late > soon * 2, $"{late} late ones, {soon} early ones are kept");
        Assert.Equal(65_000 - Store.Count(0), Store.LostCount(LossReason.ShortestTtl));
    }

    [Fact]
    public void Volatile_ttl_refuses_when_nothing_expires()
    {
        UseStore(Options(EvictionPolicy.VolatileTtl));
        int i = 0;
        while (Put($"item-{i}", Pattern(2048, i)) == StoreStatus.Stored)
        {
            Assert.True(++i < 40_000);
        }

        Assert.Equal(i, CountIntact("item-", i, 2048));
    }

    [Fact]
    public void A_write_never_evicts_the_item_it_replaces_and_then_fails()
    {
        UseStore(Options(EvictionPolicy.EvictLru));
        Put("first", Pattern(10_000, 1));
        Assert.Equal(StoreStatus.OutOfMemory, Put("first", new byte[Limit]));
        Assert.Equal(Pattern(10_000, 1), Get("first"));
    }

    [Fact]
    public void Every_loss_is_told_with_its_circumstances()
    {
        UseStore(Options(EvictionPolicy.EvictLru));
        var listener = new LossRecorder();
        Store.Losses = listener;
        for (int i = 0; i < 60_000; i++)
        {
            Now += 1;
            Put($"item-{i}", Pattern(2048, i), i % 2 == 0 ? 0 : Now + 1_000_000);
        }

        Assert.Equal(Store.LostCount(LossReason.LeastRecentlyUsed), listener.Losses.Count);
        Assert.All(listener.Losses, l => Assert.Equal(LossReason.LeastRecentlyUsed, l.Reason));
        Assert.All(listener.Losses, l => Assert.InRange(l.Idle, 1, 60_100));
        Assert.All(listener.Losses, l => Assert.True(l.Ttl == -1 || l.Ttl is > 900_000 and < 1_000_000));
        Assert.Equal(listener.Losses.Count, listener.Losses.Select(l => l.Hash).Distinct().Count());
    }

    private static SegmentStoreOptions Options(EvictionPolicy policy, params PrefixRule[] rules) =>
        new() { MemoryLimit = Limit, Seed = 5, Policy = policy, Prefixes = rules };

    private long Lost() => Store.Shards.ToArray().Sum(s => s.EvictedCount);

    private int CountIntact(string prefix, int count, int size)
    {
        int intact = 0;
        for (int i = 0; i < count; i++)
        {
            if (Get($"{prefix}{i}") is { } value)
            {
                Assert.Equal(Pattern(size, i), value);
                intact++;
            }
        }

        return intact;
    }
}
