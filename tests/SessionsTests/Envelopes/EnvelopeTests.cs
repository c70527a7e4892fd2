using System.Text;
using System.Text.Json;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Envelopes;

public class EnvelopeTests
{
    public static TheoryData<string, uint, string, string> Items()
    {
        var items = new TheoryData<string, uint, string, string>();
        using var index =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vectors.Root, "php-memcached-item", "index.json")));
        foreach (JsonElement item in index.RootElement.GetProperty("items").EnumerateArray())
        {
            // The index also lists items whose bytes were not kept.
            if (!File.Exists(Path.Combine(Vectors.Root, "php-memcached-item", item.GetProperty("file").GetString()!)))
            {
                continue;
            }

            items.Add(
                item.GetProperty("file").GetString()!,
                item.GetProperty("flags").GetUInt32(),
                item.GetProperty("serializer").GetString()!,
                item.GetProperty("value").GetString()!);
        }

        Assert.Equal(195, items.Count());
        return items;
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void An_item_of_php_memcached_decodes_to_the_same_value_however_it_is_serialized_and_compressed(
        string file, uint flags, string serializer, string value)
    {
        SessionTree tree = Decode(file, flags);

        // The uncompressed item by PHP's own serializer is the reference; scalars are known.
        switch (value)
        {
            case "int" or "negint":
                Assert.Equal(value == "int" ? 42 : -7, tree.Root.AsInt64());
                break;
            case "float":
                Assert.Equal(1.5, tree.Root.AsDouble());
                break;
            case "true" or "false":
                Assert.Equal(value == "true", tree.Root.AsBoolean());
                break;
            case "null":
                Assert.True(tree.Root.IsNull);
                break;
            case "s2000" or "s2001":
                Assert.Equal(new string('a', value == "s2000" ? 2000 : 2001), tree.Root.AsString());
                break;
            default:
                SessionTree reference = Decode($"php.none.{value}.bin", value is "arr" or "bigarr" ? 4U : 0U);
                Assert.True(reference.Root.ContentEquals(tree.Root), serializer);
                break;
        }
    }

    [Fact]
    public void All_compressions_of_php_memcached_are_among_the_vectors()
    {
        Assert.Contains(Items(), item => ((uint)item[1] & 0x50) == 0x50);
        Assert.Contains(Items(), item => ((uint)item[1] & 0x30) == 0x30);
    }

    [Fact]
    public void What_pecl_memcache_compressed_unwraps_and_php_memcacheds_double_with_the_same_flags_is_left_alone()
    {
        byte[] plain = Encoding.ASCII.GetBytes("text|s:30000:\"" + new string('a', 30_000) + "\";");
        using var stream = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionMode.Compress))
        {
            zlib.Write(plain);
        }

        byte[] stored = stream.ToArray();
        Assert.True(PhpMemcacheItem.IsCompressed(stored, 2));
        Assert.True(PhpMemcacheItem.TryUnwrap(stored, 2, SessionLimits.Default, out byte[]? bytes, out _));
        Assert.Equal(plain, bytes);
        Assert.False(
            PhpMemcacheItem.TryUnwrap(stored.AsSpan(0, stored.Length / 2), 2,
                SessionLimits.Default with { MaxBytes = 100 }, out _, out SessionError error));
        Assert.NotEqual(SessionErrorCode.None, error.Code);
        Assert.False(PhpMemcacheItem.TryUnwrap([0x78, 0x9c, 0xff, 0xff], 2, SessionLimits.Default, out _, out error));
        Assert.Equal(SessionErrorCode.Syntax, error.Code);
        Assert.False(PhpMemcacheItem.TryUnwrap(stored, 2, new SessionLimits { MaxBytes = 1000 }, out _, out error));
        Assert.Equal(SessionErrorCode.Expansion, error.Code);
        Assert.False(PhpMemcacheItem.IsCompressed("1.5"u8, 2));
        Assert.False(PhpMemcacheItem.IsCompressed(stored, 0));
    }

    [Fact]
    public void A_zstd_item_is_refused_clearly()
    {
        Assert.False(
            PhpMemcachedItem.TryDecode([0, 1, 0, 0, 0x28, 0xb5, 0x2f, 0xfd], 0x94, new SessionTree(),
                SessionLimits.Default, out SessionError error));
        Assert.Equal(SessionErrorCode.Unsupported, error.Code);
        Assert.Contains("zstd", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_limits_is_refused_before_any_memory_is_taken()
    {
        byte[] bomb = [0xff, 0xff, 0xff, 0x7f, 1, 2, 3];
        foreach (uint flags in new uint[] { 0x34, 0x54 })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.False(PhpMemcachedItem.TryUnwrap(bomb, flags, SessionLimits.Default, out _, out SessionError error));
            Assert.Equal(SessionErrorCode.Expansion, error.Code);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        }
    }

    [Fact]
    public void A_zlib_bomb_stops_at_the_length_it_claims()
    {
        byte[] zeros = new byte[64 * 1024 * 1024];
        using var stream = new MemoryStream();
        stream.Write([0, 0, 8, 0]);
        using (var zlib = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionLevel.Fastest,
            leaveOpen: true))
        {
            zlib.Write(zeros);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(
            PhpMemcachedItem.TryUnwrap(stream.ToArray(), 0x34, SessionLimits.Default, out _, out SessionError error));
        Assert.Equal(SessionErrorCode.BadLength, error.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    public static TheoryData<string, string, string, string> RedisValues()
    {
        var values = new TheoryData<string, string, string, string>();
        using var index =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Vectors.Root, "phpredis-compression", "index.json")));
        JsonElement root = index.RootElement;
        foreach (JsonElement item in (root.TryGetProperty("items", out JsonElement items)
            ? items : root.GetProperty("files")).EnumerateArray())
        {
            values.Add(
                item.GetProperty("file").GetString()!,
                item.GetProperty("compression").GetString()!,
                item.GetProperty("serializer").GetString()!,
                item.GetProperty("value").GetString()!);
        }

        return values;
    }

    [Theory]
    [MemberData(nameof(RedisValues))]
    public void A_value_compressed_by_phpredis_unwraps_to_the_uncompressed_one(string file, string compression,
        string serializer, string value)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Vectors.Root, "phpredis-compression", file));
        PhpRedisCompression kind = Enum.Parse<PhpRedisCompression>(compression, ignoreCase: true);
        bool unwrapped =
            PhpRedisEnvelope.TryUnwrap(bytes, kind, Vectors.Roomy, out byte[]? plain, out SessionError error);
        if (kind == PhpRedisCompression.Zstd && PhpRedisEnvelope.IsZstd(bytes))
        {
            Assert.False(unwrapped);
            Assert.Equal(SessionErrorCode.Unsupported, error.Code);
            return;
        }

        Assert.True(unwrapped, error.ToString());
        string reference = Path.Combine(Vectors.Root, "phpredis-compression", $"none.{serializer}.{value}.bin");
        Assert.Equal(File.ReadAllBytes(reference), plain);
    }

    [Fact]
    public void Items_are_written_with_the_flags_of_php_memcached()
    {
        var tree = new SessionTree();
        Assert.Equal((0U, "text"), Encode(tree, t => t.Root.Set("text")));
        Assert.Equal((1U, "-7"), Encode(tree, t => t.Root.Set(-7L)));
        Assert.Equal((2U, "1.5"), Encode(tree, t => t.Root.Set(1.5)));
        Assert.Equal((3U, "1"), Encode(tree, t => t.Root.Set(true)));
        Assert.Equal((3U, ""), Encode(tree, t => t.Root.Set(false)));
        Assert.Equal((4U, "N;"), Encode(tree, t => t.Root.SetNull()));
        Assert.Equal((4U, "a:1:{s:1:\"a\";i:1;}"), Encode(tree, t => t.Root.SetMap().Set("a", 1L)));
    }

    private static (uint Flags, string Value) Encode(SessionTree tree, Action<SessionTree> fill)
    {
        tree.Clear();
        fill(tree);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.True(
            PhpMemcachedItem.TryEncode(tree, PhpMemcachedSerializer.Php, output, SessionEncodeOptions.Default,
                out uint flags, out _));
        return (flags, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static SessionTree Decode(string file, uint flags)
    {
        var tree = new SessionTree();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Vectors.Root, "php-memcached-item", file));
        Assert.True(PhpMemcachedItem.TryDecode(bytes, flags, tree, Vectors.Roomy, out SessionError error),
            error.ToString());
        return tree;
    }
}
