using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Who reads what is not settled is told of; who reads something else is not.</summary>
public abstract class GuardContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private readonly Guard _guard = new();

    protected GuardContract()
    {
        Store.Listen(new RecordingListener());
        Store.Guard(_guard);
    }

    [Fact]
    public void A_key_is_settled_when_its_last_write_is()
    {
        Put("a", "1");
        Put("b", "2");
        Put("a", "3");
        Assert.Equal([2, 3], [Asks("b"), Asks("a")]);
        _guard.Settled = 2;
        Assert.Equal([0, 3], [Asks("b"), Asks("a")]);
        _guard.Settled = 3;
        Assert.Equal([0, 0, 0], [Asks("b"), Asks("a"), Asks("never written")]);
    }

    [Fact]
    public void An_end_is_not_settled_either_and_a_flush_is_none_of_any_key()
    {
        Put("a", "1");
        Remove("a");
        Assert.Equal(2, Asks("a"));
        _guard.Settled = 2;
        Store.Flush(0);
        Assert.All(["a", "b", "c", "d"], key => Assert.InRange(Asks(key), 3, Store.Mutations.Position));
    }

    [Fact]
    public void Keys_of_a_group_are_settled_when_its_end_is()
    {
        using (Store.EnterMany(Store.AllShards, Now))
        {
            Put("a", "1");
            Put("b", "2");
        }

        Assert.Equal(4, Store.Mutations.Position);
        Assert.Equal([4, 4], [Asks("a"), Asks("b")]);
    }

    [Fact]
    public void Who_takes_a_whole_shard_asks_for_all_that_was_written_there()
    {
        Put("a", "1");
        _guard.Asked = 0;
        using (Store.EnterMany(Store.AllShards, Now))
        {
        }

        Assert.Equal(1, _guard.Asked);
        _guard.Asked = 0;
        Assert.Equal(1, Store.Count(0));
        Assert.Equal(0, _guard.Asked);
    }

    private long Asks(string name)
    {
        ItemKey key = Store.Key(0, Bytes(name));
        _guard.Asked = 0;
        using ShardScope scope = Store.Enter(key, Now);
        return _guard.Asked;
    }

    private sealed class Guard : IReadGuard
    {
        public long Settled { get; set; }

        public long Asked { get; set; }

        public void OnUnsettled(long position) => Asked = position;
    }
}
