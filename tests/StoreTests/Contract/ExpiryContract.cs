using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Items end at their time, to the millisecond, seen or not.</summary>
public abstract class ExpiryContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_440_000)]
    [InlineData(315_360_000_000)]
    [InlineData(9_007_199_254_740_993)]
    [InlineData(long.MaxValue - Start - 1)]
    public void An_item_lives_to_the_last_millisecond_before_its_time(long ttl)
    {
        Put("k", "v", Start + ttl);
        Now = Start + ttl - 1;
        Assert.Equal("v", Get("k"));
        Assert.Equal(Start + ttl, Peek("k")!.ExpiresAt);
        Now = Start + ttl;
        Assert.Null(Peek("k"));
        Assert.Null(Get("k"));
        Assert.Equal(1, ExpiredCount());
    }

    [Fact]
    public void An_expired_item_is_absent_for_every_method()
    {
        Put("a", "v", Now + 10);
        Put("b", "v", Now + 10);
        Put("c", "v", Now + 10);
        Now += 10;
        Assert.False(SetExpiry("a", Now + 1000));
        Assert.False(Remove("b"));
        Put("c", "new");
        Assert.Equal("new", Get("c"));
        Assert.Equal(1, Store.Count(0));
        Assert.Equal(3, ExpiredCount());
    }

    [Fact]
    public void A_touch_keeps_every_millisecond_of_64_bits()
    {
        Put("k", "v", Now + 10);
        foreach (long expiresAt in new[] { (1L << 48) - 1, 1L << 48, (1L << 53) + 1, long.MaxValue - 1 })
        {
            Assert.True(SetExpiry("k", expiresAt));
            Assert.Equal(expiresAt, Peek("k")!.ExpiresAt);
            Maintain();
        }
    }

    [Fact]
    public void Expiry_can_be_moved_in_both_directions_and_taken_off()
    {
        Put("k", "v", Now + 100);
        Assert.True(SetExpiry("k", Now + 1000));
        Now += 999;
        Assert.Equal("v", Get("k"));
        Assert.True(SetExpiry("k", 0));
        Now += 1_000_000_000;
        Maintain();
        Assert.Equal("v", Get("k"));
        Assert.True(SetExpiry("k", Now + 5));
        Now += 5;
        Assert.Null(Get("k"));
    }

    [Fact]
    public void A_rewrite_without_expiry_lives_on()
    {
        Put("k", "v", Now + 100);
        Put("k", "w");
        Now += 1000;
        Maintain();
        Assert.Equal("w", Get("k"));
    }

    [Fact]
    public void Maintenance_reclaims_what_nobody_asks_for()
    {
        for (int i = 0; i < 5000; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(100, i), Now + 1 + i % 1000);
        }

        Now += 500;
        Maintain();
        Assert.Equal(2500, Store.Count(0));
        Assert.Equal(2500, ExpiredCount());
        Now += 500;
        Maintain();
        Assert.Equal(0, Store.Count(0));
        Assert.Equal(5000, ExpiredCount());
    }

    [Fact]
    public void Maintenance_in_single_steps_reaches_the_same_end()
    {
        for (int i = 0; i < 300; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(100, i), i % 2 == 0 ? Now + 10 : 0);
        }

        Now += 10;
        Maintain(1);
        Assert.Equal(150, Store.Count(0));
    }

    [Fact]
    public void An_earlier_expiry_set_by_a_touch_is_reclaimed_too()
    {
        for (int i = 0; i < 2000; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(100, i), Now + 3_600_000);
        }

        Maintain();
        for (int i = 0; i < 2000; i += 2)
        {
            Assert.True(SetExpiry($"key-{i}", Now + 50));
        }

        Now += 50;
        Maintain();
        Assert.Equal(1000, Store.Count(0));
    }

    [Fact]
    public void An_earlier_expiry_set_by_a_rewrite_is_reclaimed_too()
    {
        for (int i = 0; i < 2000; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(100, i), Now + 3_600_000);
        }

        Maintain();
        for (int i = 0; i < 2000; i += 2)
        {
            Put(Bytes($"key-{i}"), Pattern(100 - (i % 3), i + 1), Now + 50);
        }

        Now += 50;
        Maintain();
        Assert.Equal(1000, Store.Count(0));
    }

    [Fact]
    public void A_clock_that_steps_back_brings_nothing_back()
    {
        Put("k", "v", Now + 100);
        Put("other", "v", Now + 3_600_000);
        Now += 100;
        Maintain();
        Now -= 3_600_000;
        Assert.Null(Get("k"));
        Assert.Equal("v", Get("other"));
        Put("k", "w", Now + 50);
        Now += 49;
        Assert.Equal("w", Get("k"));
        Now += 1;
        Assert.Null(Get("k"));
    }
}
