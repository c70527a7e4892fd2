using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Writes whose parts point into the value that the key holds.</summary>
public abstract class AliasContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private static readonly int[] Sizes = [0, 1, 30, 200, 5000, 70_000, 300_000];

    [Fact]
    public void Append_and_prepend_read_the_old_value_in_place()
    {
        foreach (int size in Sizes)
        {
            byte[] old = Pattern(size, 5);
            byte[] added = Pattern(37, 6);
            Rewrite(old, 0..size, added, false, [.. old, .. added]);
            Rewrite(old, 0..size, added, true, [.. added, .. old]);
        }
    }

    [Fact]
    public void A_cut_of_the_old_value_can_be_kept()
    {
        byte[] old = Pattern(900, 7);
        Rewrite(old, 0..300, [], false, old[..300]);
        Rewrite(old, 600..900, [], false, old[600..]);
        Rewrite(old, 600..900, [], true, old[600..]);
        Rewrite(old, 1..900, [1, 2, 3], false, [.. old[1..], 1, 2, 3]);
        Rewrite(old, 1..900, [1, 2, 3], true, [1, 2, 3, .. old[1..]]);
        Rewrite(old, 10..890, [9], true, [9, .. old[10..890]]);
    }

    [Theory]
    [InlineData(0, 450, 450, 900)]
    [InlineData(450, 900, 0, 450)]
    [InlineData(300, 900, 0, 600)]
    [InlineData(0, 600, 300, 900)]
    [InlineData(0, 900, 0, 900)]
    [InlineData(100, 200, 150, 250)]
    [InlineData(899, 900, 0, 899)]
    public void Both_parts_can_be_cuts_of_the_old_value(int headStart, int headEnd, int tailStart, int tailEnd)
    {
        byte[] old = Pattern(900, 8);
        Put(Bytes("k"), old);
        ItemKey key = Store.Key(0, Bytes("k"));
        using (ShardScope scope = Store.Enter(key, Now))
        {
            Assert.True(scope.Shard.TryGet(key, Now, out ItemView view));
            ReadOnlySpan<byte> head = view.Value[headStart..headEnd];
            ReadOnlySpan<byte> tail = view.Value[tailStart..tailEnd];
            Assert.Equal(StoreStatus.Stored, scope.Shard.Put(key, head, tail, default, Now, out _));
        }

        Assert.Equal([.. old[headStart..headEnd], .. old[tailStart..tailEnd]], Get(Bytes("k"))!.Value);
    }

    [Fact]
    public void A_value_grows_by_many_small_appends()
    {
        var expected = new List<byte>();
        Put("k", "");
        for (int i = 0; i < 3000; i++)
        {
            byte[] added = Pattern(1 + i % 97, i);
            expected.AddRange(added);
            ItemKey key = Store.Key(0, Bytes("k"));
            using ShardScope scope = Store.Enter(key, Now);
            Assert.True(scope.Shard.TryGet(key, Now, out ItemView view));
            Assert.Equal(StoreStatus.Stored, scope.Shard.Put(key, view.Value, added, default, Now, out _));
        }

        Assert.Equal(expected, Get(Bytes("k"))!.Value);
    }

    private void Rewrite(byte[] old, Range cut, byte[] added, bool addedFirst, byte[] expected)
    {
        Put(Bytes("k"), old);
        ItemKey key = Store.Key(0, Bytes("k"));
        using (ShardScope scope = Store.Enter(key, Now))
        {
            Assert.True(scope.Shard.TryGet(key, Now, out ItemView view));
            ReadOnlySpan<byte> kept = view.Value[cut];
            StoreStatus status = addedFirst
                ? scope.Shard.Put(key, added, kept, default, Now, out _)
                : scope.Shard.Put(key, kept, added, default, Now, out _);
            Assert.Equal(StoreStatus.Stored, status);
        }

        Assert.Equal(expected, Get(Bytes("k"))!.Value);
    }
}
