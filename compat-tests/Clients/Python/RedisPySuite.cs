using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Python;

/// <summary>redis-py over RESP2.</summary>
public abstract class RedisPySuite<TServer>(TServer server, params string[] login) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    private const int Checks = 16;

    [Fact]
    public void Every_command_answers_as_redis_does() => ClientProgram.AssertAllPassed(
        PythonProgram.Run("redis_checks.py", [$"{server.Port}", .. login]), Checks);
}
