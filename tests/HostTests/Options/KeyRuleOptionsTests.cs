using SessionGateway.Gateway.Options;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.HostTests.Options;

public sealed class KeyRuleOptionsTests
{
    public static TheoryData<string> Lists => ["anonymous", "evictable", "compress"];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Without_a_rule_the_list_is_none(string name) =>
        Assert.Equal("none", OptionTable.Find(name)!.Default);

    [Theory]
    [InlineData("memc.sess.key.", "memc.sess.key.")]
    [InlineData("PHPREDIS_SESSION:*", "PHPREDIS_SESSION:")]
    [InlineData("*", "*")]
    [InlineData("a*b", "a*b")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    public void A_prefix_may_end_in_a_star(string written, string prefix)
    {
        Assert.Equal([prefix], Set("anonymous", written).Anonymous);
        Assert.Equal([prefix], Set("evictable", written).Evictable);
        Assert.Equal([(prefix, 1024)], Set("compress", written).Compress);
    }

    [Theory]
    [InlineData("s:=2k", "s:", 2048)]
    [InlineData("a=b=64", "a=b", 64)]
    [InlineData("*=512m", "*", 512 << 20)]
    public void Compression_takes_the_size_behind_the_last_equals_sign(string written, string prefix, int bytes) =>
        Assert.Equal([(prefix, bytes)], Set("compress", written).Compress);

    [Theory]
    [InlineData("anonymous", "", "is empty")]
    [InlineData("evictable", "", "is empty")]
    [InlineData("compress", "=1k", "is empty")]
    [InlineData("compress", "a=", "is not a size")]
    [InlineData("compress", "a=b", "is not a size")]
    [InlineData("compress", "a=63", "out of range: 64 to 512m")]
    [InlineData("compress", "a=513m", "out of range")]
    public void What_is_no_rule_is_refused(string name, string value, string problem)
    {
        GatewayOptions options = GatewayOptions.Default;
        Assert.Contains(problem, OptionTable.Find(name)!.Set([value], ref options));
        Assert.Same(GatewayOptions.Default, options);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_prefix_longer_than_a_key_is_refused(string name)
    {
        Set(name, new string('k', 250));
        GatewayOptions options = GatewayOptions.Default;
        Assert.Contains("longer than a key", OptionTable.Find(name)!.Set([new string('k', 251)], ref options));
    }

    [Fact]
    public void The_store_gets_what_the_options_say_and_the_longest_prefix_first()
    {
        var options = new GatewayOptions
        {
            MemoryBytes = 64 << 20,
            MemoryPolicy = EvictionPolicy.VolatileTtl,
            Anonymous = ["s:", "*"],
            Evictable = ["s:cache:"],
            Compress = [("s:", 2048), ("s:big:", 64)],
            WriteIdentical = true,
        };
        SegmentStoreOptions store = StoreOptions.From(options, 7, TimeProvider.System);
        Assert.Equal((64L << 20, 7UL, false), (store.MemoryLimit, store.Seed, store.SkipIdenticalWrites));
        Assert.Equal(EvictionPolicy.VolatileTtl, store.Policy);
        Assert.Equal(
            [("s:cache:", PrefixClass.Evictable), ("s:", PrefixClass.Anonymous), ("", PrefixClass.Anonymous)],
            store.Prefixes.Select(r => (Text(r.Prefix), r.Class)));
        Assert.Equal([("s:big:", 64), ("s:", 2048)], store.Compression.Select(r => (Text(r.Prefix), r.LeastBytes)));
        Assert.Same(TimeProvider.System, store.Time);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);

    private static GatewayOptions Set(string name, string value)
    {
        GatewayOptions options = GatewayOptions.Default;
        Assert.Null(OptionTable.Find(name)!.Set([value], ref options));
        return options;
    }
}
