using SessionGateway.Commands;
using SessionGateway.Store;

namespace SessionGateway.UnitTests.Commands.Memcached;

/// <summary>What the verbs mean, whichever protocol says them.</summary>
public abstract class MemcachedContract
{
    private const int Day = 24 * 60 * 60;

    /// <summary>Keys, and whether what they hold outlives a refused set.</summary>
    public static TheoryData<string, bool> RefusedKeys => new()
    {
        { "memc.sess.key.0123abcd", true },
        { "0123abcd-0123abcd", true },
        { "550e8400-e29b-41d4-a716-446655440000", true },
        { "session-5", true },
        { "app.one-n1", true },
        { "laravel_cache:x", true },
        { "full-n1", false },
        { "A0A7F5C1E2B34D6F8091A2B3C4D57944-n1", false },
        { "A0A7F5C1E2B34D6F8091A2B3C4D57944-node_2.tomcat1", false },
        { "app1_A0A7F5C1E2B34D6F8091A2B3C4D57944-n1.a", false },
        { "bak:A0A7F5C1E2B34D6F8091A2B3C4D57944-n1", false },
        { "bak:validity:full-n1", false },
        { "validity:full-n1", false },
    };

    private protected abstract IMemcachedDriver Open();

    [Theory]
    [MemberData(nameof(RefusedKeys))]
    public void A_set_refused_as_too_large_leaves_what_the_table_says(string key, bool stays)
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", key, "old");
        Assert.NotEqual("STORED", driver.Store("set", key, new string('x', (1 << 20) + 1)));
        Assert.Equal(stays ? "old" : null, driver.Get(key)?.Value);
    }

    [Theory]
    [MemberData(nameof(RefusedKeys))]
    public void A_set_refused_for_memory_leaves_what_the_table_says(string key, bool stays)
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", key, "old");
        FillUp(driver);
        Assert.NotEqual("STORED", driver.Store("set", key, new string('x', 100_000)));
        Assert.Equal(stays ? "old" : null, driver.Get(key)?.Value);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("append")]
    public void Only_a_refused_set_ends_an_old_value(string verb)
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "full-n1", "old");
        FillUp(driver);
        Assert.NotEqual("STORED", driver.Store(verb, "full-n1", new string('x', 100_000)));
        Assert.Equal("old", driver.Get("full-n1")?.Value);
    }

    private static void FillUp(IMemcachedDriver driver)
    {
        int size = 1 << 20;
        for (int i = 0; size > 10_000; i++)
        {
            size = driver.Store("set", $"fill{i}", new string('f', size)) == "STORED" ? size : size / 2;
        }
    }

    [Fact]
    public void Set_then_get_returns_value_and_flags()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("STORED", driver.Store("set", "k", "value", flags: 0xFFFFFFFF));
        Assert.Equal(("value", 0xFFFFFFFFu), (driver.Get("k")!.Value, driver.Get("k")!.Flags));
        Assert.Null(driver.Get("other"));
    }

    [Fact]
    public void A_value_of_zero_bytes_exists()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("STORED", driver.Store("set", "k", ""));
        Assert.Equal("", driver.Get("k")!.Value);
        Assert.Equal("NOT_STORED", driver.Store("add", "k", "x"));
    }

    [Fact]
    public void Values_hold_any_byte()
    {
        using IMemcachedDriver driver = Open();
        string all = new([.. Enumerable.Range(0, 256).Select(i => (char)i)]);
        driver.Store("set", "k", all + "\r\nEND\r\n");
        Assert.Equal(all + "\r\nEND\r\n", driver.Get("k")!.Value);
    }

    [Fact]
    public void Add_stores_only_what_is_missing()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("STORED", driver.Store("add", "k", "1", flags: 5, exptime: 100));
        Assert.Equal("NOT_STORED", driver.Store("add", "k", "2", flags: 6, exptime: 5));
        driver.Rig.Pass(TimeSpan.FromSeconds(99));
        Assert.Equal(("1", 5u), (driver.Get("k")!.Value, driver.Get("k")!.Flags));
        driver.Rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(driver.Get("k"));
        Assert.Equal("STORED", driver.Store("add", "k", "3"));
    }

    [Fact]
    public void Replace_stores_only_what_is_there()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("NOT_STORED", driver.Store("replace", "k", "1"));
        driver.Store("set", "k", "1");
        Assert.Equal("STORED", driver.Store("replace", "k", "2"));
        Assert.Equal("2", driver.Get("k")!.Value);
    }

    [Fact]
    public void Append_and_prepend_keep_flags_and_expiry()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("NOT_STORED", driver.Store("append", "k", "x"));
        Assert.Equal("NOT_STORED", driver.Store("prepend", "k", "x"));
        driver.Store("set", "k", "b", flags: 3, exptime: 10);
        ulong before = driver.Get("k")!.Cas;
        Assert.Equal("STORED", driver.Store("append", "k", "c"));
        Assert.Equal("STORED", driver.Store("prepend", "k", "a"));
        Found found = driver.Get("k")!;
        Assert.Equal(("abc", 3u), (found.Value, found.Flags));
        Assert.NotEqual(before, found.Cas);
        driver.Rig.Pass(TimeSpan.FromSeconds(10));
        Assert.Null(driver.Get("k"));
    }

    [Fact]
    public void Cas_stores_only_over_the_version_that_was_read()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("NOT_FOUND", driver.Store("set", "k", "x", cas: 1));
        driver.Store("set", "k", "1");
        ulong cas = driver.Get("k")!.Cas;
        Assert.Equal("STORED", driver.Store("set", "k", "2", cas: cas));
        Assert.Equal("EXISTS", driver.Store("set", "k", "3", cas: cas));
        Assert.Equal("2", driver.Get("k")!.Value);
    }

    [Fact]
    public void Every_write_changes_the_cas_unique_and_a_touch_does_not()
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "k", "1");
        ulong first = driver.Get("k")!.Cas;
        Assert.NotEqual(0UL, first);
        driver.Touch("k", 100);
        driver.GetAndTouch("k", 200);
        Assert.Equal(first, driver.Get("k")!.Cas);
        driver.Store("set", "k", "1");
        Assert.NotEqual(first, driver.Get("k")!.Cas);
    }

    [Fact]
    public void Delete_ends_an_item_once()
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "k", "1");
        Assert.True(driver.Delete("k"));
        Assert.False(driver.Delete("k"));
        Assert.Null(driver.Get("k"));
    }

    [Theory]
    [InlineData("incr", "10", 5ul, "15", "15")]
    [InlineData("incr", "18446744073709551615", 1ul, "0", "0                   ")]
    [InlineData("decr", "10", 1ul, "9", "9 ")]
    [InlineData("decr", "5", 6ul, "0", "0")]
    [InlineData("incr", "99", 1ul, "100", "100")]
    [InlineData("incr", " 7", 1ul, "8", "8 ")]
    [InlineData("incr", "12 apples", 1ul, "13", "13       ")]
    [InlineData("incr", "abc", 1ul, "NON_NUMERIC", "abc")]
    [InlineData("incr", "", 1ul, "NON_NUMERIC", "")]
    [InlineData("decr", "-5", 1ul, "NON_NUMERIC", "-5")]
    [InlineData("incr", "18446744073709551616", 1ul, "NON_NUMERIC", "18446744073709551616")]
    public void Arithmetic_is_unsigned_and_pads_what_gets_shorter(
        string verb, string stored, ulong delta, string answer, string after)
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "n", stored, flags: 9, exptime: 50);
        Assert.Equal(answer, driver.Arithmetic(verb, "n", delta));
        Assert.Equal((after, 9u), (driver.Get("n")!.Value, driver.Get("n")!.Flags));
        Assert.Equal("NOT_FOUND", driver.Arithmetic(verb, "missing", 1));
        driver.Rig.Pass(TimeSpan.FromSeconds(50));
        Assert.Null(driver.Get("n"));
    }

    [Theory]
    [InlineData(0, 400 * Day, true)]
    [InlineData(30 * Day, (30 * Day) - 1, true)]
    [InlineData(30 * Day, 30 * Day, false)]
    [InlineData((30 * Day) + 1, 0, false)]
    [InlineData(31 * Day, 0, false)]
    [InlineData(1_700_000_100, 99, true)]
    [InlineData(1_700_000_100, 100, false)]
    [InlineData(1_700_000_000, 0, false)]
    public void Exptime_is_relative_up_to_30_days_and_absolute_above(int exptime, int secondsLater, bool exists)
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("STORED", driver.Store("set", "k", "x", exptime: exptime));
        driver.Store("set", "t", "x");
        Assert.True(driver.Touch("t", exptime));
        driver.Rig.Pass(TimeSpan.FromSeconds(secondsLater));
        Assert.Equal(exists, driver.Get("k") is not null);
        Assert.Equal(exists, driver.Get("t") is not null);
    }

    [Fact]
    public void The_31_day_probe_of_libmemcached_leaves_nothing_behind()
    {
        using IMemcachedDriver driver = Open();
        Assert.Equal("STORED", driver.Store("add", "sid", "", exptime: 31 * Day));
        Assert.Equal("STORED", driver.Store("add", "sid", "", exptime: 31 * Day));
        driver.Store("set", "sid", "live", exptime: 100);
        Assert.Equal("NOT_STORED", driver.Store("add", "sid", "", exptime: 31 * Day));
        Assert.Equal("live", driver.Get("sid")!.Value);
    }

    [Fact]
    public void A_set_into_the_past_ends_the_old_value()
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "k", "old");
        Assert.Equal("STORED", driver.Store("set", "k", "new", exptime: 31 * Day));
        Assert.Null(driver.Get("k"));
    }

    [Fact]
    public void Get_and_touch_returns_the_value_and_moves_the_expiry()
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "k", "x", flags: 4, exptime: 10);
        Assert.Equal(("x", 4u), (driver.GetAndTouch("k", 100)!.Value, driver.GetAndTouch("k", 100)!.Flags));
        driver.Rig.Pass(TimeSpan.FromSeconds(99));
        Assert.NotNull(driver.GetAndTouch("k", 31 * Day));
        Assert.Null(driver.Get("k"));
        Assert.Null(driver.GetAndTouch("k", 100));
        Assert.False(driver.Touch("k", 100));
    }

    [Fact]
    public void A_hash_of_another_client_is_no_item_and_keeps_its_expiry()
    {
        using IMemcachedDriver driver = Open();
        CommandContext context = driver.Rig.Context;
        ItemKey key = context.Store.Key(0, "h"u8);
        using ShardScope scope = context.Store.Enter(key, context.Now);
        scope.Shard.Collections.Hashes.Set(key, "f"u8, "v"u8, context.Now);

        Assert.Null(driver.Get("h"));
        Assert.Null(driver.GetAndTouch("h", 100));
        Assert.False(driver.Touch("h", 100));
        Assert.False(driver.Touch("h", -1));
        Assert.Equal("NON_NUMERIC", driver.Arithmetic("incr", "h", 1));
        Assert.Equal("NOT_STORED", driver.Store("append", "h", "x"));
        Assert.Equal("NOT_STORED", driver.Store("add", "h", "x"));
        Assert.True(scope.Shard.TryPeek(key, context.Now, out ItemView item));
        Assert.Equal((ItemType.Hash, 0L), (item.Type, item.ExpiresAt));

        Assert.Equal("STORED", driver.Store("set", "h", "x"));
        Assert.Equal("x", driver.Get("h")!.Value);
    }

    [Fact]
    public void Flush_all_ends_everything_now_or_later()
    {
        using IMemcachedDriver driver = Open();
        driver.Store("set", "a", "1");
        driver.FlushAll(0);
        Assert.Null(driver.Get("a"));
        driver.Store("set", "b", "1");
        driver.FlushAll(10);
        driver.Rig.Pass(TimeSpan.FromSeconds(9));
        driver.Store("set", "c", "1");
        Assert.NotNull(driver.Get("b"));
        driver.Rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(driver.Get("b"));
        Assert.Null(driver.Get("c"));
        Assert.Equal("STORED", driver.Store("set", "d", "1"));
        Assert.NotNull(driver.Get("d"));
    }
}

public sealed class MemcachedTextContract : MemcachedContract
{
    private protected override IMemcachedDriver Open() => new TextDriver();
}

public sealed class MemcachedBinaryContract : MemcachedContract
{
    private protected override IMemcachedDriver Open() => new BinaryDriver();
}
