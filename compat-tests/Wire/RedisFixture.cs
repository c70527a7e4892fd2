using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire;

/// <summary>A real redis-server and a gateway, started when a test first needs them.</summary>
public sealed class RedisFixture : IDisposable
{
    private readonly Lazy<RedisServer> _real = new(() => RedisServer.Start());
    private readonly Lazy<GatewayServer> _gateway = new(() => GatewayServer.Start(
        // As redis: one request may be as long as proto-max-bulk-len allows.
        "--client-memory", "600m", "--clients-memory", "1200m",
        // HELLO tells it.
        "--redis-version", "7.0.15"));

    internal Peer Real => new("redis", () => RawConnection.Connect(_real.Value.Port));

    internal Peer Gateway => new("gateway", () => RawConnection.Connect(_gateway.Value.RespPort));

    internal Peer GatewayAuto => new("gateway (auto)", () => RawConnection.Connect(_gateway.Value.AutoPort));

    public void Dispose()
    {
        if (_real.IsValueCreated)
            _real.Value.Dispose();
        if (_gateway.IsValueCreated)
            _gateway.Value.Dispose();
    }
}
