using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Writes of the value that is there already.</summary>
public sealed class UnchangedWriteTests : SegmentSuite
{
    [Fact]
    public void The_same_value_renews_expiry_and_cas_and_is_counted()
    {
        Put("k", Pattern(500, 1), Now + 100);
        ulong first = CasOf("k");
        Put("k", Pattern(500, 1), Now + 9000);
        Assert.Equal(1, Store.UnchangedCount);
        Assert.NotEqual(first, CasOf("k"));
        Now += 8999;
        Assert.Equal(Pattern(500, 1), Get("k"));
        Now += 1;
        Assert.Null(Get("k"));
    }

    [Fact]
    public void Other_bytes_flags_or_length_are_a_change()
    {
        Put("k", Bytes("abc"));
        Put("k", Bytes("abd"));
        Put("k", Bytes("ab"));
        Put("k", Bytes("abc"));
        ItemKey key = Store.Key(0, Bytes("k"));
        using (ShardScope scope = Store.Enter(key, Now))
        {
            scope.Shard.Put(key, Bytes("abc"), default, new ItemAttributes(7, 0), Now, out _);
            scope.Shard.Put(key, Bytes("abc"), default, new ItemAttributes(7, 0, (ItemType)1), Now, out _);
        }

        Assert.Equal(0, Store.UnchangedCount);
    }

    [Fact]
    public void An_expired_value_is_not_the_same_value()
    {
        Put("k", Bytes("v"), Now + 10);
        Now += 10;
        Put("k", Bytes("v"), Now + 10);
        Assert.Equal(0, Store.UnchangedCount);
    }

    [Fact]
    public void Two_parts_are_compared_as_one_value()
    {
        Put("k", Bytes("hello world"));
        ItemKey key = Store.Key(0, Bytes("k"));
        using ShardScope scope = Store.Enter(key, Now);
        scope.Shard.Put(key, Bytes("hello "), Bytes("world"), default, Now, out _);
        Assert.Equal(1, scope.Shard.UnchangedCount);
    }

    [Fact]
    public void A_refresh_is_told_as_one()
    {
        var listener = new RecordingListener();
        Store.Listen(listener);
        Put("k", Bytes("v"));
        Put("k", Bytes("v"), Now + 50);
        Put("k", Bytes("w"));
        Assert.Equal(
            ["put 0:k v", $"refresh 0:k v {Now + 50}", "put 0:k w"],
            listener.Lines.Select(l => l.StartsWith("put", StringComparison.Ordinal) ? l[..9] : l));
    }

    [Fact]
    public void It_can_be_turned_off()
    {
        UseStore(new SegmentStoreOptions { MemoryLimit = 64 << 20, Seed = 1, SkipIdenticalWrites = false });
        Put("k", Bytes("v"));
        Put("k", Bytes("v"));
        Assert.Equal(0, Store.UnchangedCount);
    }

    private ulong CasOf(string key)
    {
        ItemKey k = Store.Key(0, Bytes(key));
        using ShardScope scope = Store.Enter(k, Now);
        return scope.Shard.TryPeek(k, Now, out ItemView view) ? view.Cas : 0;
    }
}
