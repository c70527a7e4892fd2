using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>The mutation tap sees every effect, in order, with final values.</summary>
public abstract class TapContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private readonly RecordingTap _tap = new();

    protected TapContract()
    {
        foreach (Shard shard in Store.Shards)
        {
            shard.Tap = _tap;
        }
    }

    [Fact]
    public void Puts_touches_and_removes_are_seen_in_order()
    {
        PutParts(Bytes("k"), Bytes("he"), Bytes("llo"), out ulong cas, Now + 9);
        SetExpiry("k", Now + 99);
        Remove("k");
        Remove("k");
        Assert.Equal(
            [$"put 0:k hello {Now + 9} {cas}", $"expiry 0:k {Now + 99}", "Deleted 0:k"],
            _tap.Lines);
    }

    [Fact]
    public void An_item_found_expired_is_seen_once_before_the_next_write()
    {
        PutParts(Bytes("k"), Bytes("a"), default, out _, Now + 5, database: 3);
        Now += 5;
        PutParts(Bytes("k"), Bytes("b"), default, out ulong cas, database: 3);
        Assert.Equal(["Expired 3:k", $"put 3:k b 0 {cas}"], _tap.Lines[1..]);
    }

    [Fact]
    public void Reclaimed_items_are_each_seen_once()
    {
        for (int i = 0; i < 500; i++)
        {
            Put($"key-{i}", "v", Now + 100);
        }

        _tap.Lines.Clear();
        Now += 100;
        Assert.Null(Get("key-7"));
        Maintain();
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"Expired 0:key-{i}").Order(), _tap.Lines.Order());
    }

    [Fact]
    public void A_flush_is_seen_per_shard_and_not_per_item()
    {
        for (int i = 0; i < 500; i++)
        {
            Put($"key-{i}", "v", Now + 100);
        }

        _tap.Lines.Clear();
        Store.Flush(0);
        Now += 100;
        Maintain();
        Assert.Equal(Enumerable.Repeat("flush 0", ItemStore.ShardCount), _tap.Lines);
    }
}
