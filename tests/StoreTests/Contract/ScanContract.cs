using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Iteration by cursor and random picks.</summary>
public abstract class ScanContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_quiet_scan_sees_every_item_once(int count)
    {
        Fill(count);
        var visitor = new CollectingVisitor();
        ScanAll(visitor, 10);
        Assert.Equal(count, visitor.Items.Count);
        Assert.Equal(count, visitor.Seen);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(Bytes($"v{i}"), visitor.Items[$"key-{i}"]);
        }
    }

    [Fact]
    public void A_scan_sees_what_stays_while_the_store_grows()
    {
        Fill(2000);
        int extra = 0;
        CollectingVisitor visitor = ScanWhile(() =>
        {
            for (int i = 0; i < 200 && extra < 60_000; i++)
            {
                Put($"extra-{extra++}", "x");
            }
        });
        AssertAllOf(visitor, 2000, 1);
    }

    [Fact]
    public void A_scan_sees_what_stays_while_the_store_shrinks()
    {
        Fill(20_000);
        int gone = 0;
        CollectingVisitor visitor = ScanWhile(() =>
        {
            for (int i = 0; i < 300 && gone < 20_000; i++, gone++)
            {
                if (gone % 20 != 0)
                {
                    Remove($"key-{gone}");
                }
            }

            Maintain();
        });
        AssertAllOf(visitor, 20_000, 20);
    }

    [Fact]
    public void A_scan_sees_what_stays_while_values_move()
    {
        Fill(3000);
        var random = new Random(17);
        CollectingVisitor visitor = ScanWhile(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Put(Bytes($"key-{random.Next(3000)}"), Pattern(random.Next(5000), i));
            }

            Maintain(50);
        });
        for (int i = 0; i < 3000; i++)
        {
            Assert.Contains($"key-{i}", visitor.Items.Keys);
        }
    }

    [Fact]
    public void A_scan_leaves_expired_items_out_and_keeps_to_its_database()
    {
        Fill(100);
        Put("gone", "v", Now + 5);
        Put("elsewhere", "v", database: 1);
        Now += 5;
        var visitor = new CollectingVisitor();
        ScanAll(visitor, 1000);
        Assert.Equal(100, visitor.Items.Count);
    }

    [Fact]
    public void A_scan_step_is_bounded_by_its_count()
    {
        Fill(20_000);
        var visitor = new CollectingVisitor();
        ulong cursor = Store.Scan(0, 0, 10, Now, visitor);
        Assert.NotEqual(0UL, cursor);
        Assert.InRange(visitor.Seen, 10, 60);
    }

    [Fact]
    public void Random_picks_reach_every_item()
    {
        Fill(200);
        var random = new Random(3);
        var visitor = new CollectingVisitor();
        for (int i = 0; i < 10_000; i++)
        {
            Shard shard = Store.Shards[i % ItemStore.ShardCount];
            shard.Enter();
            bool any = shard.VisitRandom(0, random, Now, visitor);
            Assert.Equal(shard.Count(0) > 0, any);
            shard.Exit();
        }

        Assert.Equal(200, visitor.Items.Count);
    }

    [Fact]
    public void Random_picks_never_meet_an_expired_item()
    {
        Put("gone", "v", Now + 5);
        Now += 5;
        ItemKey key = Store.Key(0, Bytes("gone"));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.False(scope.Shard.VisitRandom(0, new Random(1), Now, new CollectingVisitor()));
    }

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Put($"key-{i}", $"v{i}");
        }
    }

    private void ScanAll(CollectingVisitor visitor, int count)
    {
        ulong cursor = 0;
        do
        {
            cursor = Store.Scan(0, cursor, visitor.Seen + count, Now, visitor);
        }
        while (cursor != 0);
    }

    private CollectingVisitor ScanWhile(Action change)
    {
        var visitor = new CollectingVisitor();
        ulong cursor = 0;
        do
        {
            cursor = Store.Scan(0, cursor, visitor.Seen + 20, Now, visitor);
            change();
        }
        while (cursor != 0);
        return visitor;
    }

    private static void AssertAllOf(CollectingVisitor visitor, int count, int every)
    {
        for (int i = 0; i < count; i += every)
        {
            Assert.True(visitor.Items.ContainsKey($"key-{i}"), $"key-{i} was never visited");
        }
    }
}
