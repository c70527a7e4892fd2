using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Redis;

/// <summary>redis-benchmark as a smoke test: it reads CONFIG first and stops at the first error reply.</summary>
public abstract class RedisBenchmarkSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    [Theory]
    [InlineData]
    [InlineData("-P", "16")]
    [InlineData("-3", "-P", "16", "-r", "1000", "-d", "1000")]
    public void Ends_its_load_without_errors(params string[] options)
    {
        ToolResult result = Tool.Run("redis-benchmark",
        [
            "-h", "127.0.0.1", "-p", $"{server.Port}", "-t", "ping,set,get,incr,mset", "-n", "4000", "-c", "20",
            "--csv", .. options,
        ]);
        Assert.Equal(0, result.ExitCode);
        foreach (string test in new[] { "PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "MSET (10 keys)" })
            Assert.Contains($"\"{test}\",\"", result.StdOut);
        Assert.DoesNotContain("rror", result.StdOut + result.StdErr);
        Assert.DoesNotContain("WARNING", result.StdErr);
    }
}
