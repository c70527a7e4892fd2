using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>The memory limit, without any policy that allows eviction.</summary>
public abstract class LimitContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private const long Limit = 64 << 20;

    [Fact]
    public void A_full_store_refuses_and_loses_nothing()
    {
        UseStore(Limit);
        int stored = FillUp(2048);
        Assert.InRange(stored, (int)(Limit * 0.8 / 2100), (int)(Limit / 2048));
        for (int i = 0; i < stored; i++)
        {
            Assert.Equal(Pattern(2048, i), Get(Bytes($"key-{i}"))!.Value);
        }

        Assert.True(Store.UsedBytes <= Limit, $"{Store.UsedBytes} of {Limit}");
    }

    [Fact]
    public void A_refused_rewrite_keeps_the_former_item()
    {
        UseStore(Limit);
        FillUp(2048);
        Item before = Get(Bytes("key-5"))!;
        Assert.Equal(StoreStatus.OutOfMemory, Put(Bytes("key-5"), new byte[1 << 20]));
        Item after = Get(Bytes("key-5"))!;
        Assert.Equal(before.Value, after.Value);
        Assert.Equal(before.Cas, after.Cas);
    }

    [Fact]
    public void A_full_store_still_takes_rewrites_of_the_same_size()
    {
        UseStore(Limit);
        int stored = FillUp(2048);
        for (int i = 0; i < stored; i++)
        {
            Assert.Equal(StoreStatus.Stored, Put(Bytes($"key-{i}"), Pattern(2048, i + 1)));
        }
    }

    [Fact]
    public void Removing_makes_room_again()
    {
        UseStore(Limit);
        int stored = FillUp(2048);
        for (int i = 0; i < stored; i += 2)
        {
            Assert.True(Remove($"key-{i}"));
        }

        Maintain();
        int room = 0;
        while (Put(Bytes($"new-{room}"), Pattern(2048, room)) == StoreStatus.Stored)
        {
            room++;
        }

        Assert.InRange(room, (int)(stored * 0.4), stored);
        for (int i = 1; i < stored; i += 2)
        {
            Assert.Equal(Pattern(2048, i), Get(Bytes($"key-{i}"))!.Value);
        }
    }

    [Fact]
    public void Expired_items_make_room_without_a_refusal()
    {
        UseStore(Limit);
        int count = (int)(Limit * 0.7 / 2200);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(StoreStatus.Stored, Put(Bytes($"{round}-{i}"), Pattern(2048, i), Now + 1000));
            }

            Now += 1000;
            Maintain();
        }
    }

    [Fact]
    public void A_value_above_the_limit_is_refused()
    {
        UseStore(Limit);
        Assert.Equal(StoreStatus.OutOfMemory, Put(Bytes("k"), new byte[Limit]));
        Assert.Null(Get("k"));
        Assert.Equal(StoreStatus.Stored, Put(Bytes("k"), new byte[Limit / 2]));
    }

    private int FillUp(int size)
    {
        int stored = 0;
        while (Put(Bytes($"key-{stored}"), Pattern(size, stored)) == StoreStatus.Stored)
        {
            stored++;
        }

        return stored;
    }
}
