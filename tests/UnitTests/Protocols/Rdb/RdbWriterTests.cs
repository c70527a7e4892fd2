using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Rdb;

/// <summary>Checksum, strings and collections as they are written.</summary>
public sealed class RdbWriterTests
{
    [Theory]
    [InlineData("", 0UL)]
    [InlineData("123456789", 0xe9c6d914c4b8d9caUL)]
    public void The_checksum_is_that_of_redis(string text, ulong expected) =>
        Assert.Equal(expected, Crc64.Append(0, Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_checksum_is_the_same_in_pieces()
    {
        byte[] bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        ulong whole = Crc64.Append(0, bytes);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole, Crc64.Append(Crc64.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }

    // What redis-server 7.0.15 answered to DUMP, without type and foot.
    [Theory]
    [InlineData("5", "c005")]
    [InlineData("-129", "c17fff")]
    [InlineData("2147483648", "0a32313437343833363438")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "146161616161616161616161616161616161616161")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaa", "c30615016161e00a00")]
    [InlineData("abcabcabcabcabcabcabcabcabcabc", "c30b1e0361626361e00f02016263")]
    [InlineData("the quick brown fox jumps over the lazy dog and the quick brown cat sleeps",
        "c34040404a1f74686520717569636b2062726f776e20666f78206a756d7073206f7665722074201e0b6c617a7920646f6720616e64"
        + "6010e0032f0963617420736c65657073")]
    [InlineData("{\"id\":12345,\"name\":\"somebody\",\"roles\":[\"admin\",\"user\"],"
        + "\"last\":\"2026-01-01T00:00:00Z\",\"first\":\"2026-01-01T00:00:00Z\"}",
        "c3405f40741f7b226964223a31323334352c226e616d65223a22736f6d65626f6479222c22720c6f6c6573223a5b2261646d696e20"
        + "100b75736572225d2c226c617374202a06323032362d30312002035430303a6002005a202502666972e0101e01227d")]
    [InlineData("abcdefghijklmnopabcdefghijklmnopqrsabcdefghijklmnopqrs",
        "c31c36106162636465666768696a6b6c6d6e6f7061e0060f02717273e00a12")]
    [InlineData("0123456789qqqqqqqqqqqqqqqqqqqqqq0123456789",
        "c3162a0a3031323334353637383971e00c000030a01f013839")]
    public void A_string_is_written_as_redis_writes_it(string text, string expected)
    {
        using var output = new OutputBuffer(16, 1 << 20);
        output.WriteRdbString(Segments.BytesOf(text));
        Assert.Equal(expected, Convert.ToHexStringLower(output.Written));
    }

    [Fact]
    public void What_was_written_is_read_whatever_the_bytes()
    {
        var random = new Random(7);
        for (int round = 0; round < 400; round++)
        {
            byte[] text = new byte[random.Next(3000)];
            int letters = random.Next(1, 257);
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = (byte)random.Next(letters);
            }

            using var output = new OutputBuffer(16, 1 << 20);
            output.WriteRdbString(text);
            Assert.Equal(Encoding.Latin1.GetString(text), Payloads.Read(RdbType.String, output.Written.ToArray()));
        }
    }

    [Theory]
    [InlineData(RdbKind.Hash, true, 10, RdbType.HashListpack)]
    [InlineData(RdbKind.Hash, false, 10, RdbType.Hash)]
    [InlineData(RdbKind.Hash, true, 9, RdbType.Hash)]
    [InlineData(RdbKind.List, true, 10, RdbType.ListQuicklist2)]
    [InlineData(RdbKind.List, true, 9, RdbType.List)]
    [InlineData(RdbKind.Set, true, 9, RdbType.SetIntset)]
    [InlineData(RdbKind.Set, false, 10, RdbType.Set)]
    [InlineData(RdbKind.SortedSet, true, 10, RdbType.SortedSetListpack)]
    [InlineData(RdbKind.SortedSet, true, 9, RdbType.SortedSet2)]
    public void A_collection_is_read_as_it_was_written(RdbKind kind, bool isPacked, int version, RdbType expected)
    {
        using var writer = new RdbValueWriter(1 << 24);
        writer.Begin(kind, isPacked, version);
        var text = new List<string>();
        for (int i = -1100; i < 1100; i++)
        {
            string name = kind == RdbKind.Set && isPacked ? $"{i * 70_001}" : $"{i}x".TrimEnd(i % 2 == 0 ? 'x' : ' ');
            string value = kind == RdbKind.Hash ? $"{i * 40_000_000_000}" : "";
            double score = kind == RdbKind.SortedSet ? i * 1.5 : 0;
            writer.Add(new RdbElement
            {
                Name = Segments.BytesOf(name), Value = Segments.BytesOf(value), Score = score,
            });
            text.Add(name + (value.Length > 0 ? $"={value}" : "")
                + (score != 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{score:R}") : ""));
        }

        using var head = new OutputBuffer(16, 1 << 20);
        writer.End(head);
        Assert.Equal(expected, (RdbType)head.Written[0]);
        Assert.Equal(string.Join(' ', text),
            Payloads.Read(expected, [.. head.Written[1..], .. writer.Body.Written]));
    }

    [Fact]
    public void Fields_keep_their_expiries()
    {
        using var writer = new RdbValueWriter(1 << 20);
        writer.Begin(RdbKind.Hash, isPacked: true, RdbVersion.Redis74, firstExpiry: 1000);
        writer.Add(new RdbElement { Name = "a"u8, Value = "1"u8 });
        writer.Add(new RdbElement { Name = "b"u8, Value = "2"u8, ExpiresAt = 1000 });
        writer.Add(new RdbElement { Name = "c"u8, Value = "3"u8, ExpiresAt = 90_000 });
        using var head = new OutputBuffer(16, 1 << 20);
        writer.End(head);
        Assert.Equal("a=1 b=2!1000 c=3!90000",
            Payloads.Read((RdbType)head.Written[0], [.. head.Written[1..], .. writer.Body.Written]));
    }
}
