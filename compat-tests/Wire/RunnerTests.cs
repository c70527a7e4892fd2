using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

/// <summary>The runner itself: silent between equal servers, loud when one byte is different.</summary>
public sealed class RunnerTests
{
    private static readonly (int First, int Count) FewSeeds = (1000, 4);

    [Fact]
    public void Two_memcached_servers_answer_alike()
    {
        using MemcachedServer one = MemcachedFixture.StartReal();
        using MemcachedServer two = MemcachedFixture.StartReal();
        Assert.Null(Play(new MemcachedTextGenerator(), new MemcachedTextDialect(), one.Port, two.Port));
        Assert.Null(Play(new MemcachedBinaryGenerator(), new MemcachedBinaryDialect(), one.Port, two.Port));
    }

    [Fact]
    public void Two_redis_servers_answer_alike()
    {
        using var one = RedisServer.Start();
        using var two = RedisServer.Start();
        Assert.Null(Play(new RespGenerator(), new RespDialect(), one.Port, two.Port));
    }

    [Fact]
    public void Differences_that_are_there_once_are_counted_and_many_of_them_are_reported()
    {
        var fleeting = new FleetingDifferences();
        Assert.Null(fleeting.Report(44));
        for (int i = 0; i < 4; i++)
        {
            fleeting.Add("END | NOT_FOUND");
        }

        Assert.Null(fleeting.Report(44));
        fleeting.Add(":1 | :0");
        Assert.StartsWith("5 of 44 conversations differed once", fleeting.Report(44));
        var conversation = new Conversation("x", []);
        Assert.True(new Mismatch(conversation, ("a", ["1"]), ("b", ["1", "2"])).MayBeLate);
        Assert.False(new Mismatch(conversation, ("a", ["1", "3"]), ("b", ["1", "2"])).MayBeLate);
    }

    [Fact]
    public void A_changed_memcached_reply_is_found_and_shrunk_to_one_request()
    {
        using MemcachedServer one = MemcachedFixture.StartReal();
        using MemcachedServer two = MemcachedFixture.StartReal();
        string? report = Play(new MemcachedTextGenerator(), new MemcachedTextDialect(), one.Port, two.Port,
            bytes => Replace(bytes, "NOT_FOUND\r\n", "NOT_FOUND \r\n"), seeds: 1);
        AssertShrunk(report, requests: 1);
    }

    [Fact]
    public void A_changed_binary_status_is_found_and_shrunk_to_one_request()
    {
        using MemcachedServer one = MemcachedFixture.StartReal();
        using MemcachedServer two = MemcachedFixture.StartReal();
        string? report = Play(new MemcachedBinaryGenerator(), new MemcachedBinaryDialect(), one.Port, two.Port,
            bytes => Replace(bytes, "Not found", "not found"), seeds: 1);
        AssertShrunk(report, requests: 1);
    }

    [Fact]
    public void A_lost_redis_reply_is_found_and_shrunk_to_one_request()
    {
        using var one = RedisServer.Start();
        using var two = RedisServer.Start();
        string? report = Play(new RespGenerator(), new RespDialect(), one.Port, two.Port,
            bytes => Replace(bytes, "+string\r\n", ""), seeds: 1);
        // TYPE answers "string" only after something was stored.
        AssertShrunk(report, requests: 2);
    }

    [Fact]
    public void Shrinking_keeps_exactly_the_requests_that_matter()
    {
        Conversation long_ = new("long",
        [
            .. Enumerable.Range(0, 10).Select(
                step => new Step("a", [.. Enumerable.Range(0, 30).Select(i => $"> {step}.{i}")])),
        ]);
        Mismatch? Find(Conversation conversation)
        {
            List<string> lines = [.. conversation.Steps.SelectMany(step => step.Sends)];
            return lines.Contains("> 2.7") && lines.Contains("> 9.29")
                ? new Mismatch(conversation, ("one", []), ("two", ["x"]))
                : null;
        }
        Mismatch shrunk = new Shrinker(Find, TimeSpan.FromSeconds(10)).Shrink(Find(long_)!);
        Assert.Equal(["> 2.7", "> 9.29"], shrunk.Conversation.Steps.SelectMany(step => step.Sends));
    }

    [Fact]
    public void Bytes_print_and_read_back()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(40)).SelectMany(_ =>
                Enumerable.Repeat((byte)random.Next(256), random.Next(20) == 0 ? random.Next(20, 60) : 1))];
            Assert.Equal(bytes, Escapes.Decode(Escapes.Encode(bytes), new Recollection(DateTimeOffset.UnixEpoch)));
        }
    }

    private static string? Play(IRequestGenerator generator, IDialect dialect, int leftPort, int rightPort,
        Func<byte[], byte[]>? tamper = null, int? seeds = null)
    {
        var left = new Peer("left", () => RawConnection.Connect(leftPort));
        var right = new Peer("right", () => RawConnection.Connect(rightPort));
        right = right with { Tamper = tamper ?? right.Tamper };
        return new GeneratedRun(generator, dialect.GeneratedNormalisers).Play(
            [.. Enumerable.Range(FewSeeds.First, seeds ?? FewSeeds.Count)], _ => new Comparison(dialect, left, right));
    }

    private static byte[] Replace(byte[] bytes, string what, string with) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(what, with));

    private static void AssertShrunk(string? report, int requests)
    {
        Assert.NotNull(report);
        Assert.Contains("seed 1000", report);
        Assert.Equal(requests, report.Split('\n').Count(line => line.StartsWith('>')));
    }
}
