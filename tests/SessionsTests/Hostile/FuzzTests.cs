using System.Buffers;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Hostile;

/// <summary>
/// Seeded mutations of every vector: decoding ends in a tree or a typed error, what decodes can be written or is
/// refused, what is written decodes and is written the same again, and nothing takes more memory than the limits allow.
/// SESSIONS_FUZZ sets the number of mutations of each vector; 10,000 take some minutes.
/// </summary>
public class FuzzTests
{
    private const int FewPerVector = 100;

    private static readonly int PerVector =
        int.TryParse(Environment.GetEnvironmentVariable("SESSIONS_FUZZ"), out int count) ? count : FewPerVector;

    // The few vectors of up to a megabyte take longer than all the others: they are for the long run.
    private static readonly int BigVector = PerVector > FewPerVector ? int.MaxValue : 30_000;

    // Nodes, their growth, the bytes twice, and what writing rents: several times over what the limits of the test add
    // up to.
    private const long MaxAllocated = 24 * 1024 * 1024;

    private static readonly SessionLimits Limits = new()
        { MaxNodes = 20_000, MaxDepth = 100, MaxExpandedBytes = 2 * 1024 * 1024, MaxNameBytes = 1000 };

    [Theory]
    [InlineData("php", "php")]
    [InlineData("php_binary", "php_binary")]
    [InlineData("php_serialize", "php_serialize")]
    [InlineData("igbinary", "igbinary")]
    [InlineData("msgpack", "msgpack")]
    [InlineData("msm-java", "msm-java")]
    [InlineData("aspnetcore-session", "aspnetcore")]
    [InlineData("django", "django-pickle")]
    public void Mutated_vectors_never_throw_and_what_decodes_encodes_and_decodes_again(string folder, string format)
    {
        ISessionFormat codec = SessionFormats.ByName(format)!;
        int decoded = 0;
        int mutations = 0;
        foreach (string row in Vectors.Names(folder))
        {
            byte[] bytes = Vectors.Bytes(folder, row);
            if (bytes.Length > BigVector)
            {
                continue;
            }

            var random = new Random(HashOf(folder + row));
            for (int i = 0; i < PerVector; i++, mutations++)
            {
                decoded += Check(codec, Mutation.Of(bytes, random)) ? 1 : 0;
            }
        }

        // A mutator that only ever breaks the bytes, or never does, would prove nothing.
        Assert.InRange(decoded, mutations / 500, mutations - 1);
    }

    [Fact]
    public void Mutated_express_sessions_never_throw()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Vectors.Root, "express", "connect-redis.login.json"));
        var random = new Random(7);
        int decoded =
            Enumerable.Range(0, PerVector * 4).Count(_ => Check(SessionFormats.Json, Mutation.Of(bytes, random)));
        Assert.InRange(decoded, 1, PerVector * 4 - 1);
    }

    [Fact]
    public void Mutated_envelopes_never_throw()
    {
        var random = new Random(11);
        foreach (string? file in Directory.GetFiles(Path.Combine(Vectors.Root, "php-memcached-item"), "*.bin").Order(
            StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int i = 0; i < PerVector / 4; i++)
            {
                uint flags = (uint)random.Next(8) | (new uint[] { 0, 0x30, 0x50, 0x90, 0x10 })[random.Next(5)];
                PhpMemcachedItem.TryDecode(Mutation.Of(bytes, random), flags, new SessionTree(), Limits, out _);
            }
        }

        foreach (string? file in Directory.GetFiles(Path.Combine(Vectors.Root, "phpredis-compression"), "*.bin").Order(
            StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int i = 0; i < PerVector / 4; i++)
            {
                PhpRedisEnvelope.TryUnwrap(Mutation.Of(bytes, random), (PhpRedisCompression)random.Next(4), Limits,
                    out _, out _);
            }
        }
    }

    private static bool Check(ISessionFormat codec, byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var tree = new SessionTree();
        if (!codec.TryDecode(bytes, tree, Limits, out SessionError error))
        {
            Assert.NotEqual(SessionErrorCode.None, error.Code);
            Assert.InRange(error.Offset, 0, bytes.Length);
            return false;
        }

        var options = new SessionEncodeOptions { Limits = Limits };
        var output = new ArrayBufferWriter<byte>();
        if (codec.TryEncode(tree, output, options, out error))
        {
            var again = new SessionTree();
            Assert.True(codec.TryDecode(output.WrittenSpan, again, Limits with { MaxBytes = int.MaxValue }, out error),
                $"{error} in {Convert.ToHexString(bytes)}");
            var second = new ArrayBufferWriter<byte>();
            Assert.True(codec.TryEncode(again, second, options, out error), $"{error} in {Convert.ToHexString(bytes)}");
            Assert.True(output.WrittenSpan.SequenceEqual(second.WrittenSpan), Convert.ToHexString(bytes));
        }
        else
        {
            Assert.NotEqual(SessionErrorCode.None, error.Code);
            Assert.Equal(0, output.WrittenCount);
        }

        // Every other format must cope with whatever this one decoded.
        foreach (ISessionFormat other in SessionFormats.All)
        {
            other.TryEncode(tree, new ArrayBufferWriter<byte>(), options with { Omitted = [] }, out _);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        return true;
    }

    /// <summary>The same for every run, unlike string.GetHashCode.</summary>
    private static int HashOf(string text) => text.Aggregate(17, (hash, character) => unchecked(hash * 31 + character));
}
