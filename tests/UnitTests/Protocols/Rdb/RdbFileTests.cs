using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Rdb;

/// <summary>
/// Files that real servers wrote, with what the server itself told of every key beside them (Frozen), and damaged ones.
/// </summary>
public sealed class RdbFileTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Protocols", "Rdb", "Frozen");

    public static TheoryData<string> Files => ["redis-7.0.15", "redis-7.0.15-lfu", "valkey-8.0.1"];

    [Theory, MemberData(nameof(Files))]
    public void A_file_of_a_real_server_holds_what_the_server_told(string name) =>
        Assert.Equal(Expected(name), Lines(Read(File(name), int.MaxValue)));

    [Theory, MemberData(nameof(Files))]
    public void A_file_is_the_same_in_small_pieces(string name)
    {
        byte[] bytes = File(name);
        string whole = Read(bytes, int.MaxValue);
        foreach (int piece in new[] { 1, 2, 3, 7, 64, 1000 })
        {
            Assert.Equal(whole, Read(bytes, piece));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void A_file_that_ends_early_waits_for_the_rest(string name)
    {
        byte[] bytes = File(name);
        for (int length = 0; length < bytes.Length; length += 13)
        {
            Assert.EndsWith("incomplete", Read(bytes[..length], int.MaxValue), StringComparison.Ordinal);
        }

        Assert.EndsWith("incomplete", Read(bytes[..^1], int.MaxValue), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Files))]
    public void A_changed_byte_never_goes_unnoticed(string name)
    {
        byte[] bytes = File(name);
        int seed = TestSeed.Take(output);
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            byte[] damaged = [.. bytes];
            int at = random.Next(damaged.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            string read = Read(damaged, int.MaxValue);
            Assert.True(read.Contains("damaged", StringComparison.Ordinal)
                || read.EndsWith("incomplete", StringComparison.Ordinal), $"seed {seed}, byte {at}");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Damaged_files_are_read_alike_in_all_pieces_and_never_throw(string name)
    {
        // Without its checksum a file is believed.
        byte[] bytes = [.. File(name)[..^8], .. new byte[8]];
        int seed = TestSeed.Take(output);
        var random = new Random(seed);
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_RUNS"), out int runs) ? runs : 300;
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = [.. bytes];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                damaged[random.Next(9, damaged.Length)] = (byte)random.Next(256);
            }

            damaged = damaged[..random.Next(9, damaged.Length + 1)];
            string whole = Read(damaged, int.MaxValue);
            Assert.True(whole == Read(damaged, random.Next(1, 3000)), $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData("REDIX0010", "damaged: NotRdb at 0")]
    [InlineData("REDIS00x0", "damaged: NotRdb at 0")]
    [InlineData("REDIS0013", "damaged: Version at 0")]
    [InlineData("REDIS0080", "damaged: Version at 0")]
    [InlineData("VALKEY011", "damaged: Version at 0")]
    [InlineData("REDIS0010\u001a\u0001k", "damaged: Type at 9")]
    [InlineData("REDIS0010\u00fe\u0081\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001", "damaged: Database at 9")]
    [InlineData("REDIS0010\u0000\u0080\u00ff\u00ff\u00ff\u00ff", "damaged: Length at 9")]
    [InlineData("REDIS0010\u0006\u0001k", "0 unknown 6b 0 damaged: Type at 12")]
    public void What_is_wrong_is_told_with_its_place(string file, string expected) =>
        Assert.Equal(expected, Read(Encoding.Latin1.GetBytes(file), int.MaxValue));

    [Theory]
    [InlineData("REDIS0004\u00fd\u0001\u0000\u0000\u0000\u0000\u0001k\u0001v\u00ff", "0 string 6b 1000 76")]
    [InlineData("REDIS0004\u00fe\u0003\u0000\u0001k\u0001v\u00ff", "3 string 6b 0 76")]
    [InlineData("REDIS0009\u00f8\u0040\u0064\u0000\u0001k\u0001v\u00ff\0\0\0\0\0\0\0\0", "0 string 6b 0 76")]
    [InlineData("REDIS0010\u00f7\u0001\u0002\u0002\u0002\u0001\u0000\u0000\u0001k\u0001v\u00ff\0\0\0\0\0\0\0\0",
        "0 string 6b 0 76")]
    [InlineData("REDIS0010\u00f6\u0001n\u0003LUA\u0001\u0001d\u0001c\u0000\u0001k\u0001v\u00ff\0\0\0\0\0\0\0\0",
        "0 string 6b 0 76")]
    [InlineData("REDIS0012\u00f4\u0001\u0002\u0003\u0000\u0001k\u0001v\u00ff\0\0\0\0\0\0\0\0", "0 string 6b 0 76")]
    [InlineData("VALKEY080\u0016\u0001h\u0001\u0001f\u0001v\u0040\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
        + "\u00ff\0\0\0\0\0\0\0\0", "0 hash 68 0 66=76!64")]
    public void Old_and_new_records_are_read(string file, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(file);
        for (int piece = 1; piece <= bytes.Length; piece++)
        {
            Assert.Equal(expected + "\n", Read(bytes, piece));
        }
    }

    [Theory, InlineData(9), InlineData(10)]
    public void A_file_is_read_as_it_was_written(int version)
    {
        var file = new MemoryStream();
        using var writer = new RdbFileWriter(version, ("redis-ver", "7.0.15"));
        using var value = new OutputBuffer(16, 1 << 20);
        value.WriteRdbString("value"u8);
        writer.Write(0, "a"u8, 0, RdbType.String, value.Written);
        writer.Take(file);
        writer.Write(3, "17"u8, 4102444800123, RdbType.String, value.Written);
        writer.End();
        writer.Take(file);
        Assert.Equal("0 string 61 0 76616c7565\n3 string 3137 4102444800123 76616c7565\n",
            Read(file.ToArray(), int.MaxValue));
        file.GetBuffer()[12] ^= 1;
        Assert.Contains("damaged: Checksum", Read(file.ToArray(), int.MaxValue), StringComparison.Ordinal);
    }

    private static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(Folder, name + ".rdb"));

    private static string[] Expected(string name) =>
        [.. System.IO.File.ReadLines(Path.Combine(Folder, name + ".txt")).Order(StringComparer.Ordinal)];

    private static string[] Lines(string text) =>
        [.. text.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal)];

    // A line for each key as in the frozen text.
    private static string Read(byte[] file, int piece)
    {
        var text = new StringBuilder();
        using var reader = new RdbFileReader(1 << 20);
        Collector? value = null;
        for (int at = 0, length = 0; ;)
        {
            ReadOnlySpan<byte> input = file.AsSpan(at, length - at);
            RdbRecord record = default;
            RdbStatus status = value is null
                ? reader.Read(input, out record, out int consumed) : reader.ReadValue(input, value, out consumed);
            at += consumed;
            switch (status)
            {
                case RdbStatus.Damaged:
                    return text.Append($"damaged: {reader.Error} at {reader.Position}").ToString();
                case RdbStatus.NeedMoreData:
                    if (length == file.Length)
                    {
                        return text.Append("incomplete").ToString();
                    }

                    Assert.True(reader.NeedBytes > input.Length);
                    length += Math.Min(piece, file.Length - length);
                    break;
                case RdbStatus.Done when value is not null:
                    text.Append(value.Finish()).Append('\n');
                    value = null;
                    break;
                case RdbStatus.Done when record.Kind == RdbRecordKind.End:
                    return text.Append(reader.Position == file.Length ? "" : "too long").ToString();
                case RdbStatus.Done when record.Kind == RdbRecordKind.Key:
                    RdbKind kind = RdbTypes.KindOf(record.Type);
                    string type = kind == RdbKind.SortedSet ? "zset" : kind.ToString().ToLowerInvariant();
                    text.Append($"{record.Database} {type} {Hex(record.Name)} {record.ExpiresAt} ");
                    value = new Collector(kind);
                    break;
            }
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "-" : Convert.ToHexStringLower(bytes);

    private sealed class Collector(RdbKind kind) : IRdbVisitor
    {
        private readonly List<string> _entries = [];

        public bool Visit(in RdbElement element)
        {
            Span<byte> score = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleBigEndian(score, element.Score);
            _entries.Add(Hex(element.Name)
                + (kind == RdbKind.Hash ? "=" + Hex(element.Value) : kind == RdbKind.SortedSet ? "@" + Hex(score) : "")
                + (element.ExpiresAt != 0 ? $"!{element.ExpiresAt}" : ""));
            return true;
        }

        public string Finish()
        {
            if (kind is not (RdbKind.String or RdbKind.List))
            {
                _entries.Sort(StringComparer.Ordinal);
            }

            string all = string.Join(' ', _entries);
            return all.Length > 3000
                ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(all))) : all;
        }
    }
}
