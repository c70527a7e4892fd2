using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

/// <summary>The generators must get the real servers to say all they can say, or agreement would mean little.</summary>
public sealed class GeneratorTests : IClassFixture<MemcachedFixture>, IClassFixture<RedisFixture>
{
    private readonly MemcachedFixture _memcached;
    private readonly RedisFixture _redis;

    public GeneratorTests(MemcachedFixture memcached, RedisFixture redis)
    {
        _memcached = memcached;
        _redis = redis;
    }

    [Fact]
    public void Memcached_text_requests_reach_every_kind_of_answer() =>
        AssertReached(new MemcachedTextGenerator(), new MemcachedTextDialect(), _memcached.Real,
        [
            "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND", "DELETED", "TOUCHED", "OK", "ERROR", "END", "VALUE",
            "CLIENT_ERROR bad data chunk", "CLIENT_ERROR bad command line format",
            "CLIENT_ERROR bad command line format.  U", "CLIENT_ERROR invalid numeric delta",
            "CLIENT_ERROR cannot increment", "CLIENT_ERROR invalid exptime", "(closed)",
        ]);

    [Fact]
    public void Memcached_binary_requests_reach_every_kind_of_answer() =>
        AssertReached(new MemcachedBinaryGenerator(), new MemcachedBinaryDialect(), _memcached.Real,
        [
            "get status=0000", "get status=0001", "get status=0004", "getk status=0001", "getkq status=0000",
            "getq status=0000", "set status=0000", "set status=0001", "set status=0002", "set status=0004",
            "setq status=0002", "add status=0000", "add status=0002", "addq status=0002", "replace status=0001",
            "replaceq status=0001", "append status=0000", "append status=0005", "appendq status=0005",
            "prepend status=0005", "delete status=0000", "delete status=0001", "delete status=0002",
            "deleteq status=0001", "increment status=0000", "increment status=0001", "increment status=0006",
            "decrement status=0000", "incrementq status=0006", "touch status=0000", "touch status=0001",
            "gat status=0000", "gatk status=0001", "gatq status=0000", "flush status=0000", "noop status=0000",
            "quit status=0000", "0x55 status=0081", "(closed)",
        ]);

    [Fact]
    public void Resp_requests_reach_every_kind_of_answer() =>
        AssertReached(new RespGenerator(), new RespDialect(), _redis.Real,
        [
            "+OK", "+PONG", "+string", "+none", "$-1", "$\"", ":0", ":1", ":-1", ":-2", ":4102444800", ":777000 s",
            "*0", "*1", "-ERR unknown command", "-ERR wrong number", "-ERR value is not an integer",
            "-ERR syntax error", "-ERR invalid expire time in 'set'", "-ERR invalid expire time in 'setex'",
            "-ERR invalid expire time in 'getex'", "-ERR invalid expire time in 'expire'",
            "-ERR increment or decrement would overflow", "-ERR decrement would overflow", "-ERR NX and XX, GT or LT",
            "-ERR GT and LT", "-ERR Unsupported option FOO", "-ERR DB index is out of range",
            "-ERR unknown subcommand", "-NOSCRIPT", "-ERR Protocol error: invalid bulk",
            "-ERR Protocol error: invalid multibulk", "-ERR Protocol error: expected '$'", "(closed)",
        ]);

    private static void AssertReached(IRequestGenerator generator, IDialect dialect, Peer real, string[] kinds)
    {
        var run = new GeneratedRun(generator, dialect.GeneratedNormalisers);
        var missing = new List<string>(kinds);
        for (int seed = 1; seed <= 40 && missing.Count > 0; seed++)
        {
            List<string> lines = [.. Comparison.Answers(dialect, real, run.Make(seed)).SelectMany(answer => answer)];
            missing.RemoveAll(kind => lines.Exists(line => line.StartsWith(kind, StringComparison.Ordinal)));
        }
        Assert.Empty(missing);
    }
}
