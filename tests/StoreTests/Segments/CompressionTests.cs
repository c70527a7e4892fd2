using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Values under a compression rule take less memory and read back as they were.</summary>
public sealed class CompressionTests : SegmentSuite
{
    public CompressionTests() => UseStore(new SegmentStoreOptions
    {
        MemoryLimit = 256 << 20,
        Seed = 9,
        Time = TimeProvider.System,
        Compression = [new CompressionRule(Bytes("big-"), 1000)],
    });

    [Fact]
    public void Values_that_shrink_take_less_memory()
    {
        for (int i = 0; i < 2000; i++)
        {
            Put($"big-{i}", Text(8000, i));
        }

        CompressionReport report = Store.ReportCompression();
        Assert.Equal(2000, report.Values);
        Assert.True(report.SavedBytes > 2000 * 4000, $"only {report.SavedBytes} bytes saved");
        Assert.True(Store.CheckIntegrity().LiveBytes < 2000 * 4000);
        Assert.True(report.CompressTime > TimeSpan.Zero);
        for (int i = 0; i < 2000; i++)
        {
            Assert.Equal(Text(8000, i), Get($"big-{i}"));
        }

        Assert.Equal(2000, Store.ReportCompression().Expanded);
    }

    [Fact]
    public void Other_prefixes_short_values_and_noise_stay_as_they_are()
    {
        Put("other", Text(8000, 1));
        Put("big-short", Text(999, 1));
        Assert.Equal(new CompressionReport(0, 0, 0, default, 0, default), Store.ReportCompression());
        Put("big-noise", Pattern(8000, 1));
        Assert.Equal(1, Store.ReportCompression().Kept);
        Assert.Equal(Text(8000, 1), Get("other"));
        Assert.Equal(Text(999, 1), Get("big-short"));
        Assert.Equal(Pattern(8000, 1), Get("big-noise"));
        Assert.Equal(0, Store.ReportCompression().Expanded);
    }

    [Fact]
    public void Values_change_between_compressed_and_not()
    {
        foreach (byte[] value in (byte[][])[Text(5000, 1), Pattern(5000, 1), Text(100, 1), Text(5000, 2), []])
        {
            Put("big-k", value);
            Assert.Equal(value, Get("big-k"));
        }
    }

    [Fact]
    public void The_same_value_is_known_as_unchanged()
    {
        Put("big-k", Text(5000, 1));
        Put("big-k", Text(5000, 1));
        Put("big-k", Text(5000, 2));
        Assert.Equal(1, Store.UnchangedCount);
    }

    [Fact]
    public void Several_values_can_be_looked_at_together()
    {
        Put("big-a", Text(5000, 1));
        ItemKey key = Store.Key(0, Bytes("big-a"));
        using ShardScope scope = Store.Enter(key, Now);
        Assert.True(scope.Shard.TryGet(key, Now, out ItemView first));
        Assert.True(scope.Shard.TryPeek(key, Now, out ItemView second));
        Assert.True(first.Value.SequenceEqual(second.Value));
        Assert.True(first.Value.SequenceEqual(Text(5000, 1)));
    }

    [Fact]
    public void Looks_that_need_no_value_expand_none_and_know_its_length()
    {
        Put("big-a", Text(5000, 1));
        Put("small", Text(50, 1));
        ItemKey key = Store.Key(0, Bytes("big-a"));
        ItemKey small = Store.Key(0, Bytes("small"));
        using (ShardScope scope = Store.Enter(key, Now))
        {
            Assert.True(scope.Shard.TryPeekAttributes(key, Now, out ItemView item));
            Assert.Equal((0, 5000), (item.Value.Length, item.Length));
            Assert.False(item.WasRead);
            Assert.True(scope.Shard.TryGetAttributes(key, Now, out item));
            Assert.Equal((0, 5000), (item.Value.Length, item.Length));
            Assert.True(scope.Shard.TryPeekAttributes(key, Now, out item));
            Assert.True(item.WasRead);
        }

        using (ShardScope scope = Store.Enter(small, Now))
        {
            Assert.True(scope.Shard.TryPeekAttributes(small, Now, out ItemView item));
            Assert.Equal(Text(50, 1), item.Value.ToArray());
        }

        var visitor = new LengthVisitor();
        Store.Scan(0, 0, int.MaxValue, Now, visitor);
        Assert.Equal(5050, visitor.Bytes);
        Assert.Equal(0, Store.ReportCompression().Expanded);
    }

    [Fact]
    public void A_snapshot_shows_the_value_itself()
    {
        Put("big-a", Text(5000, 1));
        var sink = new CollectingSink();
        using StoreSnapshot snapshot = Store.TryBeginSnapshot(sink, Now)!;
        Put("big-a", Text(5000, 2));
        for (int shard = 0; shard < ItemStore.ShardCount; shard++)
        {
            Assert.True(snapshot.Step(shard, 1000));
        }

        Assert.Equal(Text(5000, 1), sink.Items[(0, "big-a")].Value);
    }

    // As PHP serializes a shopping basket.
    private static byte[] Text(int length, int seed)
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < length; i++)
        {
            int price = (seed * 7919) + (i * 13);
            text.Append($"s:8:\"product{i}\";a:2:{{s:5:\"price\";i:{price};s:4:\"name\";s:4:\"none\";}}");
        }

        return Bytes(text.ToString()[..length]);
    }
}
