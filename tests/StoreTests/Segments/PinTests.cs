using SessionGateway.Store;
using SessionGateway.Store.Segments;

namespace SessionGateway.StoreTests.Segments;

/// <summary>A pinned value keeps its bytes without its shard's lock, whatever becomes of the item.</summary>
public sealed class PinTests : SegmentSuite
{
    private const string Key = "pinned";

    /// <summary>A value that shares its segment with others, and one that has a run of units of its own.</summary>
    public static TheoryData<int> Lengths => [100, 40_000, 3_000_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_a_rewrite_of_the_same_length(int length) =>
        AssertKept(length, () => Put(Key, Pattern(length, 2)));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_a_shorter_and_a_longer_rewrite(int length) => AssertKept(length, () =>
    {
        Put(Key, Pattern(length / 3, 2));
        Put(Key, Pattern(length * 2, 3));
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_an_append(int length) => AssertKept(length, () =>
    {
        ItemKey key = Store.Key(0, Bytes(Key));
        using ShardScope scope = Store.Enter(key, Now);
        scope.Shard.TryGet(key, Now, out ItemView item);
        scope.Shard.Put(key, item.Value, "more"u8, new ItemAttributes(0, 0), Now, out _);
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_a_part_written_over(int length) => AssertKept(length, () =>
    {
        ItemKey key = Store.Key(0, Bytes(Key));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.False(scope.Shard.TryOverwrite(key, 10, "other bytes"u8, Now));
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_the_end_of_its_item_and_others_in_its_place(int length) => AssertKept(length, () =>
    {
        Remove(Key);
        PutOthers(length);
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_neighbours_that_grow(int length) => AssertKept(length, () =>
    {
        Remove(Key);
        Put(Neighbour(), Pattern(2000, 5));
        Put(Neighbour(), Pattern(9000, 6));
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_a_flush_and_others_in_its_place(int length) => AssertKept(length, () =>
    {
        Store.Flush(0);
        PutOthers(length);
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_survives_expiry_and_upkeep(int length) => AssertKept(length, () =>
    {
        SetExpiry(Key, Now + 1000);
        Now += 5000;
        Maintain();
        Assert.Null(Get(Key));
        PutOthers(length);
    });

    [Theory]
    [InlineData(100)]
    [InlineData(40_000)]
    public void It_survives_compaction(int length)
    {
        // Most of what lies around it ends, so that upkeep moves the rest.
        for (int i = 0; i < 40_000; i++)
        {
            Put($"around {i}", Pattern(1000, i));
        }

        AssertKept(length, () =>
        {
            for (int i = 0; i < 40_000; i++)
            {
                _ = i % 7 == 0 || Remove($"around {i}");
            }

            for (int second = 0; second < 20; second++)
            {
                Now += 1000;
                Maintain();
            }

            Assert.Equal(Pattern(length, 1), Get(Key));
            PutOthers(length);
        });
    }

    [Fact]
    public void The_memory_of_what_ended_comes_back_with_the_last_pin()
    {
        Put(Key, Pattern(3_000_000, 1));
        ItemKey key = Store.Key(0, Bytes(Key));
        using ShardScope scope = Store.Enter(key, Now);
        scope.Shard.TryGet(key, Now, out ItemView item);
        Assert.True(Pins(scope).TryPin(item.Value, out ValuePin first));
        Assert.True(Pins(scope).TryPin(item.Value, out ValuePin second));
        long held = scope.Shard.UsedBytes;
        Remove(Key);
        Assert.Equal(held, scope.Shard.UsedBytes);
        Pins(scope).Unpin(first);
        Assert.Equal(held, scope.Shard.UsedBytes);
        Pins(scope).Unpin(second);
        Assert.True(scope.Shard.UsedBytes < held - 3_000_000);
    }

    [Fact]
    public void An_expanded_copy_of_a_value_cannot_be_pinned()
    {
        ItemKey key = Store.Key(0, Bytes(Key));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.False(Pins(scope).TryPin(new byte[100_000], out _));
    }

    [Fact]
    public void Nothing_is_pinned_while_there_is_no_room_for_a_second_copy()
    {
        UseStore(new SegmentStoreOptions { MemoryLimit = 16 << 20, Seed = 1 });
        int count = 0;
        while (Put($"filler {count}", Pattern(50_000, count)) == StoreStatus.Stored)
        {
            count++;
        }

        ItemKey key = Store.Key(0, Bytes("filler 0"));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.True(scope.Shard.TryGet(key, Now, out ItemView item));
        Assert.False(Pins(scope).TryPin(item.Value, out _));
    }

    private void AssertKept(int length, Action change)
    {
        Put(Neighbour(), Pattern(1000, 4));
        Put(Key, Pattern(length, 1));
        ItemKey key = Store.Key(0, Bytes(Key));
        ReadOnlySpan<byte> value;
        ValuePin pin;
        using (ShardScope scope = Store.Enter(key, Now))
        {
            Assert.True(scope.Shard.TryGet(key, Now, out ItemView item));
            Assert.True(Pins(scope).TryPin(item.Value, out pin));
            value = Outlive(item.Value);
        }

        change();
        Assert.True(value.SequenceEqual(Pattern(length, 1)));
        using (ShardScope scope = Store.Enter(key, Now))
        {
            Pins(scope).Unpin(pin);
        }

        Store.CheckIntegrity();
    }

    // The compiler does not know of pins.
    private static unsafe ReadOnlySpan<byte> Outlive(ReadOnlySpan<byte> value)
    {
        fixed (byte* start = value)
        {
            return new ReadOnlySpan<byte>(start, value.Length);
        }
    }

    private static IValuePins Pins(ShardScope scope) => (IValuePins)scope.Shard;

    // A key of the same shard.
    private string Neighbour()
    {
        int shard = Store.ShardOf(Store.Key(0, Bytes(Key)));
        for (int i = 0; ; i++)
        {
            if (Store.ShardOf(Store.Key(0, Bytes($"neighbour {i}"))) == shard)
            {
                return $"neighbour {i}";
            }
        }
    }

    private void PutOthers(int length)
    {
        for (int i = 0; i < 200; i++)
        {
            Put($"other {i}", Pattern(Math.Min(length, 200_000), 100 + i));
        }
    }
}
