using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>One gateway and one real redis-server for the whole run; session ids are random, so tests do not meet.</summary>
internal static class Stores
{
    // Stopped by the harness when the test process ends.
    private static readonly Lazy<GatewayServer> TheGateway = new(() => GatewayServer.Start());
    private static readonly Lazy<RedisServer> TheRedis = new(() => RedisServer.Start());
    private static readonly Lazy<ConnectionMultiplexer> ToGateway = new(() => Connect(TheGateway.Value.RespPort));
    private static readonly Lazy<ConnectionMultiplexer> ToRedis = new(() => Connect(TheRedis.Value.Port));

    public static Store Gateway => new($"127.0.0.1:{TheGateway.Value.RespPort}", ToGateway.Value.GetDatabase());

    public static Store Redis => new($"127.0.0.1:{TheRedis.Value.Port}", ToRedis.Value.GetDatabase());

    private static ConnectionMultiplexer Connect(int port) => ConnectionMultiplexer.Connect($"127.0.0.1:{port}");
}
