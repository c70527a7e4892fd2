using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using Xunit.Abstractions;

namespace SessionGateway.CompatTests.Wire;

/// <summary>KEYS gives for thousands of generated patterns what a real redis-server gives.</summary>
public sealed class GlobTests : IClassFixture<RedisFixture>
{
    private const int Patterns = 4000;
    private const int Batch = 200;
    private readonly RedisFixture _servers;
    private readonly ITestOutputHelper _output;

    public GlobTests(RedisFixture servers, ITestOutputHelper output)
    {
        _servers = servers;
        _output = output;
    }

    [Fact]
    public void Generated_patterns_match_the_keys_that_they_match_in_redis()
    {
        using RawConnection real = _servers.Real.Connect();
        using RawConnection gateway = _servers.Gateway.Connect();
        int seed = Verify.OwnSeed();
        _output.WriteLine($"WIRE_SEED={seed} makes the same patterns");
        var random = new Random(seed);
        byte[][] keys = [[], .. Enumerable.Range(0, 80).Select(_ => RandomBytes(random, "ab-]^\\\u0080\u00ff", 7))];
        byte[] fill = [.. Request("FLUSHALL"u8.ToArray()),
            .. keys.SelectMany(key => Request("SET"u8.ToArray(), key, "v"u8.ToArray()))];
        Answers(real, fill);
        Answers(gateway, fill);
        int found = 0;
        for (int done = 0; done < Patterns; done += Batch)
        {
            byte[][] patterns =
                [.. Enumerable.Range(0, Batch).Select(_ => RandomBytes(random, "ab**??[]^-\\\u0080\u00ff", 9))];
            byte[] wire = [.. patterns.SelectMany(pattern => Request("KEYS"u8.ToArray(), pattern))];
            List<string> expected = Answers(real, wire);
            List<string> actual = Answers(gateway, wire);
            Assert.Equal(Sorted(expected), Sorted(actual));
            found += expected.Count - Batch;
        }

        // Not only patterns without a match.
        Assert.InRange(found, Patterns / 4, int.MaxValue);
    }

    // The keys of one answer come in any order.
    private static List<string> Sorted(List<string> lines)
    {
        var sorted = new List<string>();
        var keys = new List<string>();
        foreach (string line in lines)
        {
            if (line.TrimStart().StartsWith('*'))
            {
                sorted.AddRange(keys.Order(StringComparer.Ordinal));
                keys.Clear();
                sorted.Add(line);
            }
            else
                keys.Add(line);
        }

        return [.. sorted, .. keys.Order(StringComparer.Ordinal)];
    }

    private static List<string> Answers(RawConnection connection, byte[] wire)
    {
        var dialect = new RespDialect();
        connection.Send([.. wire, .. dialect.Sentinel(1)]);
        int start = 0;
        byte[] reply = connection.ReadUntil(
            received => dialect.EndsWithSentinel(received, 1, out start), TimeSpan.FromSeconds(30));
        var lines = new List<string>();
        dialect.Print(reply.AsSpan(0, start), new Recollection(DateTimeOffset.UnixEpoch), lines);
        return lines;
    }

    private static byte[] Request(params byte[][] words)
    {
        List<byte> wire = [.. Encoding.ASCII.GetBytes($"*{words.Length}\r\n")];
        foreach (byte[] word in words)
            wire.AddRange([.. Encoding.ASCII.GetBytes($"${word.Length}\r\n"), .. word, .. "\r\n"u8]);
        return [.. wire];
    }

    private static byte[] RandomBytes(Random random, string alphabet, int longest) =>
        [.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => (byte)alphabet[random.Next(alphabet.Length)])];
}
