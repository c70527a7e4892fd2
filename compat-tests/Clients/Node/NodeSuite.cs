using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Node;

/// <summary>The two Redis clients of Node.js as Express sessions use them.</summary>
public abstract class NodeSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void Node_redis_keeps_sessions(string resp) =>
        ClientProgram.AssertAllPassed(NodeProgram.Run("node-redis.mjs", $"{server.Port}", resp), 8);

    [Fact]
    public void Ioredis_keeps_sessions() =>
        ClientProgram.AssertAllPassed(NodeProgram.Run("ioredis.mjs", $"{server.Port}"), 8);
}
