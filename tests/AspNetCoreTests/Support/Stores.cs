using SessionGateway.CompatTests.Harness;
using StackExchange.Redis;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>One gateway and one real redis-server for the whole run; session ids are random, so tests do not
/// meet.</summary>
internal static class Stores
{
    // Ended with their folders when the test process ends.
    private static readonly Lazy<GatewayServer> TheGateway = new(() => GatewayServer.Start());
    private static readonly Lazy<RedisServer> TheRedis = new(() => RedisServer.Start());
    private static readonly Lazy<ConnectionMultiplexer> ToGateway = new(() => Connect(TheGateway.Value.RespPort));
    private static readonly Lazy<ConnectionMultiplexer> ToRedis = new(() => Connect(TheRedis.Value.Port));

    static Stores() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    public static Store Gateway => new(Address(TheGateway.Value.RespPort), ToGateway.Value.GetDatabase());

    /// <summary>The protocol that the client library speaks when nobody says which: RESP3 from its 3.x line
    /// on.</summary>
    public static int DefaultProtocol => typeof(ConnectionMultiplexer).Assembly.GetName().Version!.Major >= 3 ? 3 : 2;

    /// <summary>Makes the library speak the other protocol of the two; its 1.x line has only one.</summary>
    public static Store OverOtherProtocol(this Store store) =>
        store with { Endpoint = $"{store.Endpoint},protocol=resp{5 - DefaultProtocol}" };

    public static Store Redis => new(Address(TheRedis.Value.Port), ToRedis.Value.GetDatabase());

    // The library's own patience is five seconds.
    private static string Address(int port) => $"127.0.0.1:{port},connectTimeout=60000,syncTimeout=60000";

    private static ConnectionMultiplexer Connect(int port) => ConnectionMultiplexer.Connect(Address(port));

    private static void End()
    {
        if (TheGateway.IsValueCreated)
        {
            TheGateway.Value.Dispose();
        }

        if (TheRedis.IsValueCreated)
        {
            TheRedis.Value.Dispose();
        }
    }
}
