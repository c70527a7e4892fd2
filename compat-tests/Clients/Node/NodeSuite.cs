using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Node;

/// <summary>The Redis clients of Node.js as Express sessions use them.</summary>
public abstract class NodeSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IRedis
{
    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void Node_redis_keeps_sessions(string resp) =>
        ClientProgram.AssertAllPassed(NodeProgram.Run("node-redis.mjs", $"{server.Port}", resp), 8);

    [Theory]
    [InlineData("2", 6)]
    [InlineData("3", 7)]
    public void Valkey_glide_keeps_sessions(string resp, int checks) =>
        ClientProgram.AssertAllPassed(NodeProgram.Run("valkey-glide.mjs", $"{server.Port}", resp), checks);

    [Fact]
    public void Ioredis_keeps_sessions() =>
        ClientProgram.AssertAllPassed(NodeProgram.Run("ioredis.mjs", $"{server.Port}"), 8);
}
