using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.StoreTests.Contract;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Hashes, packed and large.</summary>
public abstract class HashContract<TEngine> : CollectionContract<TEngine>
    where TEngine : IEngineFactory, new()
{
    private const int Many = 20_000;

    [Fact]
    public void Nothing_is_found_where_no_hash_is()
    {
        Assert.Equal(Lookup.Absent, HFind("f", out _));
        Assert.Equal(Lookup.Absent, HDel("f"));
        Assert.Equal(-1, HLen());
        Assert.Empty(HScan());
    }

    [Fact]
    public void A_field_is_read_back_replaced_and_removed()
    {
        Assert.Equal(ElementWrite.Added, HSet("f", "one"));
        Assert.Equal(ElementWrite.Added, HSet("g", "two"));
        Assert.Equal(ElementWrite.Replaced, HSet("f", "another value"));
        Assert.Equal("another value", HGet("f"));
        Assert.Equal("two", HGet("g"));
        Assert.Equal(Lookup.Absent, HFind("h", out _));
        Assert.Equal(2, HLen());
        Assert.Equal(Lookup.Found, HDel("f"));
        Assert.Equal(Lookup.Absent, HDel("f"));
        Assert.Equal("two", HGet("g"));
        Assert.Equal(1, Store.Count(0));
    }

    [Fact]
    public void The_item_ends_with_the_last_field()
    {
        foreach (int count in (int[])[1, 3, 1000])
        {
            for (int i = 0; i < count; i++)
            {
                HSet($"f{i}", Long('v', 20));
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(1, Store.Count(0));
                Assert.Equal(Lookup.Found, HDel($"f{i}"));
            }

            Assert.Equal(-1, HLen());
            Assert.Equal(0, Store.Count(0));
            Maintain();
            Assert.Equal(0, Pages());
        }
    }

    [Fact]
    public void An_item_of_another_type_is_left_alone()
    {
        Put("key", "text");
        Assert.Equal(ElementWrite.WrongType, HSet("f", "v"));
        Assert.Equal(Lookup.WrongType, HFind("f", out _));
        Assert.Equal(Lookup.WrongType, HDel("f"));
        Assert.Equal(ElementWrite.WrongType, SAdd("m"));
        Assert.Equal("text", Get("key"));
        HSet("f", "v", key: "hash");
        Assert.Equal(ElementWrite.WrongType, SAdd("m", "hash"));
        Assert.Equal(ElementWrite.WrongType, ZAdd(1, "m", "hash"));
        Assert.Equal(ElementWrite.WrongType, LAddLast("e", "hash"));
        Assert.Equal("v", HGet("f", "hash"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1000)]
    [InlineData(2030)]
    [InlineData(2040)]
    [InlineData(2050)]
    [InlineData(16_383)]
    [InlineData(70_000)]
    [InlineData(1 << 20)]
    public void Fields_and_values_of_every_size_are_kept(int length)
    {
        string value = Long('v', length), field = Long('f', Math.Min(length, 60_000));
        for (int i = 0; i < 40; i++)
        {
            HSet($"small{i}", $"{i}");
        }

        Assert.Equal(ElementWrite.Added, HSet("before", value));
        Assert.Equal(ElementWrite.Added, HSet(field, "named"));
        Assert.Equal(ElementWrite.Replaced, HSet("small7", value));
        Check();
        Assert.Equal(value, HGet("before"));
        Assert.Equal(value, HGet("small7"));
        Assert.Equal("named", HGet(field));
        Assert.Equal(ElementWrite.Replaced, HSet("before", "short"));
        Assert.Equal(ElementWrite.Replaced, HSet("small7", ""));
        Assert.Equal("short", HGet("before"));
        Assert.Equal("", HGet("small7"));
        Assert.Equal("8", HGet("small8"));
        Assert.Equal(42, HLen());
        Check();
    }

    [Fact]
    public void Many_fields_are_found_in_whatever_order_they_come_and_go()
    {
        int[] order = [.. Enumerable.Range(0, Many)];
        var random = new Random(3);
        random.Shuffle(order);
        foreach (int i in order)
        {
            Assert.Equal(ElementWrite.Added, HSet($"field-{i}", $"value {i}"));
        }

        Assert.Equal(Many, HLen());
        Check();
        random.Shuffle(order);
        foreach (int i in order)
        {
            Assert.Equal($"value {i}", HGet($"field-{i}"));
        }

        Assert.Null(HGet($"field-{Many}"));
        foreach (int i in order[..(Many * 9 / 10)])
        {
            Assert.Equal(Lookup.Found, HDel($"field-{i}"));
        }

        Check();
        Assert.Equal(
            order[(Many * 9 / 10)..].Select(i => $"field-{i}").Order(), HScan().Select(seen => seen.Name).Order());
        Assert.Equal(1, Store.Count(0));
    }

    [Fact]
    public void The_expiry_of_the_item_stays_when_a_field_is_written()
    {
        foreach (int count in (int[])[1, 500])
        {
            HSet("f", "v");
            Assert.True(SetExpiry("key", Now + 1000));
            for (int i = 0; i < count; i++)
            {
                HSet($"f{i}", Long('v', 30));
            }

            Assert.Equal(Now + 1000, Peek("key")!.ExpiresAt);
            Now += 1000;
            Assert.Null(HGet("f"));
            Assert.Equal(-1, HLen());
            Maintain();
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void A_field_is_gone_at_its_time_and_the_hash_with_the_last_one(int count)
    {
        for (int i = 0; i < count; i++)
        {
            HSet($"f{i}", Long('v', 20), Now + 1000 + i);
        }

        Assert.Equal(ElementWrite.Replaced, HSet("f0", "stays"));
        Now += 1000;
        Assert.Equal("stays", HGet("f0"));
        Now++;
        Assert.Null(HGet("f1"));
        Assert.Equal(count - 1, HLen());
        Assert.DoesNotContain("f1", HScan().Select(seen => seen.Name));
        Check();
        Assert.Equal(ElementWrite.Replaced, In((ShardCollections c, in ItemKey k) =>
            c.Hashes.SetExpiry(k, Bytes("f0"), Now + count, Now)));
        Now += count;
        Assert.Null(HGet("f0"));
        Assert.Equal(-1, HLen());
        Assert.Equal(0, Store.Count(0));
        Maintain();
        Assert.Equal(0, Pages());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hash_is_there_exactly_as_long_as_one_of_its_fields(int seed)
    {
        const int Names = 700, Longest = 400;
        var random = new Random(seed);
        var model = new Dictionary<string, long>();
        for (int i = 0; i < 6000; i++)
        {
            string name = $"f{random.Next(Names)}";
            long end = random.Next(i % 1000 < 100 ? 20 : 500) == 0 ? 0 : Now + 1 + random.Next(Longest);
            switch (random.Next(8))
            {
                case 0:
                    HDel(name);
                    model.Remove(name);
                    break;
                case 1:
                    // The one that ends last is the one that the hash ends with.
                    string last = model.Count == 0
                        ? name : model.MaxBy(one => one.Value == 0 ? long.MaxValue : one.Value).Key;
                    HDel(last);
                    model.Remove(last);
                    break;
                case 2:
                    Now += random.Next(random.Next(40) == 0 ? 2 * Longest : 3);
                    break;
                default:
                    HSet(name, Long('v', random.Next(30)), end);
                    model[name] = end;
                    break;
            }

            foreach ((string over, long at) in model.ToList())
            {
                if (at != 0 && at <= Now)
                {
                    model.Remove(over);
                }
            }

            Lookup found = In((ShardCollections c, in ItemKey k) => c.Hashes.Describe(k, Now, out _));
            Assert.Equal(model.Count > 0 ? Lookup.Found : Lookup.Absent, found);
            if (i % 500 == 0)
            {
                Check();
            }
        }
    }

    [Fact]
    public void A_field_that_is_written_again_has_the_new_expiry_or_none()
    {
        HSet("f", "v", Now + 10);
        HSet("f", "v", Now + 100);
        HSet("g", "v", Now + 10);
        HSet("g", "w");
        Now += 10;
        Assert.Equal("v", HGet("f"));
        Assert.Equal("w", HGet("g"));
        Now += 90;
        Assert.Null(HGet("f"));
        Assert.Equal("w", HGet("g"));
    }

    [Fact]
    public void An_iteration_visits_every_field_that_stays_whatever_comes_and_goes()
    {
        for (int i = 0; i < 5000; i++)
        {
            HSet($"stays-{i}", $"{i}");
        }

        var random = new Random(8);
        int other = 0;
        List<Seen> seen = HScan(step: 20, between: _ =>
        {
            for (int i = 0; i < 60; i++)
            {
                HSet($"comes-{other++}", Long('x', random.Next(100)));
                HDel($"comes-{random.Next(other)}");
            }
        });
        HashSet<string> names = [.. seen.Select(s => s.Name)];
        Assert.All(Enumerable.Range(0, 5000), i => Assert.Contains($"stays-{i}", names));
        Check();
    }

    [Fact]
    public void An_iteration_takes_small_steps()
    {
        for (int i = 0; i < 5000; i++)
        {
            HSet($"f{i}", $"{i}");
        }

        var seen = new SeenElements();
        In((ShardCollections c, in ItemKey k) => c.Hashes.Scan(k, 0, 10, Now, seen, out _));
        Assert.InRange(seen.All.Count, 10, 400);
    }

    [Fact]
    public void Random_fields_are_fields_and_all_come_up()
    {
        foreach (int count in (int[])[5, 600])
        {
            for (int i = 0; i < count; i++)
            {
                HSet($"f{i}", "v");
            }

            var random = new Random(4);
            var seen = new SeenElements();
            for (int i = 0; i < count * 20; i++)
            {
                In((ShardCollections c, in ItemKey k) => c.Hashes.VisitRandom(k, random, Now, seen));
            }

            Assert.Equal(count, seen.Names.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("expire")]
    [InlineData("overwrite")]
    [InlineData("flush")]
    public void The_pages_of_a_hash_that_ends_are_given_back(string end)
    {
        long idle = Store.UsedBytes;
        for (int i = 0; i < 5000; i++)
        {
            HSet($"f{i}", Long('v', 100));
        }

        Assert.True(Pages() > 200);
        switch (end)
        {
            case "delete":
                Remove("key");
                break;
            case "expire":
                SetExpiry("key", Now + 10);
                Now += 10;
                break;
            case "overwrite":
                Put("key", "text");
                break;
            default:
                Store.Flush(0);
                break;
        }

        Assert.Equal(-1, end == "overwrite" ? -1 : HLen());
        Maintain(100);
        Assert.Equal(0, Pages());
        Assert.True(Store.UsedBytes - idle < 300_000, $"{Store.UsedBytes - idle} bytes are still held");
        Assert.Equal(end == "overwrite" ? "text" : null, Get("key"));
    }

    [Fact]
    public void A_hash_that_memory_has_no_room_for_stays_as_it_was()
    {
        UseStore(8 << 20);
        var model = new Dictionary<string, string>();
        ElementWrite last = ElementWrite.Added;
        for (int i = 0; last != ElementWrite.OutOfMemory; i++)
        {
            string value = Long((char)('a' + (i % 26)), i % 300);
            last = HSet($"f{i}", value);
            if (last != ElementWrite.OutOfMemory)
            {
                model.Add($"f{i}", value);
            }
        }

        Assert.True(model.Count > 10_000, $"{model.Count} fields in 8 MB");
        Assert.Equal(ElementWrite.OutOfMemory, HSet("large", Long('x', 4 << 20)));
        Check();
        Assert.Equal(model.Count, HLen());
        Assert.All(model, pair => Assert.Equal(pair.Value, HGet(pair.Key)));

        // Removals need no memory, and make room.
        foreach (string field in model.Keys.Take(model.Count / 2))
        {
            Assert.Equal(Lookup.Found, HDel(field));
        }

        Maintain();
        Assert.Equal(ElementWrite.Added, HSet("again", Long('x', 1000)));
        Check();
    }

    [Fact]
    public void A_hash_tells_when_Redis_would_have_left_its_packed_encoding()
    {
        HSet("f", Long('v', 64));
        Assert.False(Info().IsWide);
        HSet("f", Long('v', 65));
        Assert.True(Info().IsWide);
        HSet("f", "v");
        Assert.True(Info().IsWide);
        Remove("key");
        for (int i = 0; i < 512; i++)
        {
            HSet($"{i}", "v");
        }

        Assert.Equal((512, false, false), (Info().Count, Info().IsWide, Info().IsMixed));
        HSet("512", "v");
        Assert.True(Info().IsWide);

        CollectionInfo Info() => In((ShardCollections c, in ItemKey k) =>
        {
            c.Hashes.Describe(k, Now, out CollectionInfo info);
            return info;
        });
    }
}
