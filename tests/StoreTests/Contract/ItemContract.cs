using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Writing, reading and removing items.</summary>
public abstract class ItemContract<TEngine> : ItemStoreContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    [Fact]
    public void An_absent_key_is_not_found()
    {
        Assert.Null(Get("nothing"));
        Assert.Null(Peek("nothing"));
        Assert.False(Remove("nothing"));
        Assert.False(SetExpiry("nothing", Now + 1));
        Assert.Equal(0, Store.Count(0));
    }

    [Fact]
    public void A_written_item_is_read_back_with_all_its_attributes()
    {
        byte[] value = Pattern(500);
        ItemKey key = Store.Key(3, Bytes("key"));
        ulong cas;
        using (ShardScope scope = Store.Enter(key, Now))
        {
            var attributes = new ItemAttributes(0xFEDCBA98, Now + 5000, (ItemType)7);
            Assert.Equal(StoreStatus.Stored, scope.Shard.Put(key, value, default, attributes, Now, out cas));
        }

        Item? item = Get(Bytes("key"), 3);
        Assert.NotNull(item);
        Assert.Equal(value, item.Value);
        Assert.Equal(0xFEDCBA98, item.Flags);
        Assert.Equal((ItemType)7, item.Type);
        Assert.Equal(cas, item.Cas);
        Assert.NotEqual(0UL, cas);
        Assert.Equal(Now + 5000, item.ExpiresAt);
        Assert.Equal(1, Store.Count(3));
    }

    [Theory]
    [InlineData(StringForm.Fraction)]
    [InlineData(StringForm.Edited)]
    public void A_string_keeps_its_form_until_it_is_written_again(StringForm form)
    {
        ItemKey key = Store.Key(0, Bytes("key"));
        using ShardScope scope = Store.Enter(key, Now);
        scope.Shard.Put(key, Bytes("12"), default, new ItemAttributes(5, 0, Form: form), Now, out _);
        scope.Shard.SetExpiry(key, Now + 1000, Now);
        Assert.True(scope.Shard.TryGet(key, Now, out ItemView item));
        Assert.Equal(form, item.Form);
        Assert.Equal(5u, item.Flags);
        Assert.False(item.WasRead);
        scope.Shard.Put(key, Bytes("12"), default, new ItemAttributes(5, 0), Now, out _);
        Assert.True(scope.Shard.TryPeek(key, Now, out item));
        Assert.Equal(StringForm.Whole, item.Form);
    }

    [Fact]
    public void Touches_of_a_key_are_counted_while_somebody_watches_it()
    {
        ItemKey key = Store.Key(0, Bytes("key"));
        ItemKey other = Store.Key(1, Bytes("key"));
        using ShardScope scope = Store.Enter(key, Now);
        using ShardScope otherScope = Store.Enter(other, Now);
        KeyWatches watches = scope.Shard.Watches;
        long start = watches.Add(key);
        Assert.Equal(start, watches.Add(key));
        scope.Shard.Put(key, Bytes("v"), default, default, Now, out _);
        scope.Shard.Put(key, Bytes("v"), default, default, Now, out _);
        scope.Shard.SetExpiry(key, 0, Now);
        scope.Shard.TryGet(key, Now, out _);
        otherScope.Shard.Put(other, Bytes("v"), default, default, Now, out _);
        Assert.Equal(start + 3, watches.TouchesOf(key));
        scope.Shard.Remove(key, RemoveReason.Deleted, Now);
        scope.Shard.Remove(key, RemoveReason.Deleted, Now);
        scope.Shard.SetExpiry(key, Now + 1, Now);
        Assert.Equal(start + 4, watches.TouchesOf(key));
        watches.Remove(key);
        Assert.Equal(1, watches.Count);
        watches.Remove(key);
        Assert.Equal(0, watches.Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(40, 7)]
    [InlineData(40, 1200)]
    [InlineData(250, 65_535)]
    [InlineData(255, 65_536)]
    [InlineData(256, 100_000)]
    [InlineData(65_535, 0)]
    [InlineData(65_535, 1 << 20)]
    [InlineData(17, (1 << 20) + 1)]
    [InlineData(17, 20 << 20)]
    public void Keys_and_values_of_every_size_are_kept(int keyLength, int valueLength)
    {
        byte[] key = Pattern(keyLength, 2);
        byte[] value = Pattern(valueLength, 3);
        Assert.Equal(StoreStatus.Stored, Put(key, value));
        Assert.Equal(value, Get(key)!.Value);
        byte[] other = Pattern(valueLength, 4);
        Assert.Equal(StoreStatus.Stored, Put(key, other));
        Assert.Equal(other, Get(key)!.Value);
        Assert.Equal(1, Store.Count(0));
    }

    [Fact]
    public void Keys_with_a_common_start_are_different_keys()
    {
        byte[] longest = new byte[300];
        for (int length = 1; length <= longest.Length; length++)
        {
            Assert.Equal(StoreStatus.Stored, Put(longest[..length], BitConverter.GetBytes(length)));
        }

        for (int length = 1; length <= longest.Length; length++)
        {
            Assert.Equal(BitConverter.GetBytes(length), Get(longest[..length])!.Value);
        }

        Assert.Equal(longest.Length, Store.Count(0));
    }

    [Fact]
    public void A_rewrite_replaces_value_flags_type_and_expiry()
    {
        Put(Bytes("k"), Bytes("first value"), Now + 100, 1);
        Put(Bytes("k"), Bytes("second"), 0, 2);
        Item item = Get(Bytes("k"))!;
        Assert.Equal(Bytes("second"), item.Value);
        Assert.Equal(2u, item.Flags);
        Assert.Equal(0, item.ExpiresAt);
        Assert.Equal(1, Store.Count(0));
    }

    [Fact]
    public void Rewrites_that_grow_and_shrink_keep_the_exact_bytes()
    {
        var random = new Random(11);
        for (int i = 0; i < 400; i++)
        {
            byte[] key = [(byte)(i % 7)];
            byte[] value = Pattern(random.Next(random.Next(4) == 0 ? 70_000 : 900), i);
            Assert.Equal(StoreStatus.Stored, Put(key, value, flags: (uint)(i % 3)));
            Item item = Get(key)!;
            Assert.Equal(value, item.Value);
            Assert.Equal((uint)(i % 3), item.Flags);
        }

        Assert.Equal(7, Store.Count(0));
    }

    [Fact]
    public void Databases_do_not_see_each_other()
    {
        Put("k", "zero");
        Put("k", "five", database: 5);
        Assert.True(Remove("k"));
        Assert.Null(Get("k"));
        Assert.Equal("five", Get("k", 5));
        Assert.Equal(0, Store.Count(0));
        Assert.Equal(1, Store.Count(5));
    }

    [Fact]
    public void A_removed_item_is_gone_once()
    {
        Put("k", "v");
        Assert.True(Remove("k"));
        Assert.False(Remove("k"));
        Assert.Null(Get("k"));
        Assert.Equal(0, Store.Count(0));
        Put("k", "again");
        Assert.Equal("again", Get("k"));
    }

    [Fact]
    public void Get_notes_the_access_to_a_tenth_of_a_second_and_peek_does_not()
    {
        Put("k", "v");
        Now += 10_000;
        Assert.InRange(Peek("k")!.LastAccess, Start - 99, Start);
        Assert.InRange(Get(Bytes("k"))!.LastAccess, Start - 99, Start);
        Now += 10_000;
        Assert.InRange(Peek("k")!.LastAccess, Start + 9_901, Start + 10_000);
        Assert.InRange(Get(Bytes("k"))!.LastAccess, Start + 9_901, Start + 10_000);
    }

    [Fact]
    public void Used_bytes_cover_the_payload_and_fall_when_items_go()
    {
        long idle = Store.UsedBytes;
        for (int i = 0; i < 2000; i++)
        {
            Put(Bytes($"key-{i}"), Pattern(3000, i));
        }

        Assert.True(Store.UsedBytes - idle >= 2000 * 3000);
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(Remove($"key-{i}"));
        }

        Maintain();
        Assert.True(Store.UsedBytes - idle < 2000 * 3000 / 4, $"{Store.UsedBytes - idle} bytes are still held");
    }
}
