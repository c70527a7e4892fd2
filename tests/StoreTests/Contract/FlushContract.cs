namespace SessionGateway.StoreTests.Contract;

/// <summary>Emptying a database.</summary>
public abstract class FlushContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Fact]
    public void Flush_ends_all_items_of_one_database()
    {
        Fill();
        Store.Flush(2);
        Assert.Equal(0, Store.Count(2));
        Assert.Null(Get("key-1", 2));
        Assert.Equal(1000, Store.Count(0));
        Assert.Equal("v", Get("key-1"));
        Put("key-1", "new", database: 2);
        Assert.Equal("new", Get("key-1", 2));
        Maintain();
        Assert.Equal(1, Store.Count(2));
        Assert.Equal(1000, Store.Count(0));
    }

    [Fact]
    public void Flush_gives_the_memory_back()
    {
        long idle = Store.UsedBytes;
        for (int i = 0; i < 3000; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(3000, i));
        }

        Store.Flush(0);
        Maintain();
        Assert.True(Store.UsedBytes - idle < 1 << 20, $"{Store.UsedBytes - idle} bytes are still held");
    }

    [Fact]
    public void A_scheduled_flush_happens_at_its_time()
    {
        Fill();
        Store.ScheduleFlush(0, Now + 2000);
        Put("late", "v");
        Now += 1999;
        Assert.Equal("v", Get("late"));
        Now += 1;
        Assert.Null(Get("late"));
        Assert.Equal(0, Store.Count(0));
        Assert.Equal(1000, Store.Count(2));
    }

    [Fact]
    public void A_write_after_the_time_of_a_scheduled_flush_survives_it()
    {
        Put("a", "v");
        Store.ScheduleFlush(0, Now + 10);
        Now += 20;
        Put("a", "w");
        Assert.Equal("w", Get("a"));
        Maintain();
        Assert.Equal("w", Get("a"));
    }

    [Fact]
    public void A_flush_now_forgets_the_scheduled_one()
    {
        Store.ScheduleFlush(0, Now + 10);
        Store.Flush(0);
        Put("a", "v");
        Now += 20;
        Assert.Equal("v", Get("a"));
    }

    private void Fill()
    {
        for (int i = 0; i < 1000; i++)
        {
            Put($"key-{i}", "v");
            Put($"key-{i}", "v", database: 2);
        }
    }
}
