using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>The gateway on its portable transport.</summary>
public sealed class GatewayOnSockets : IBackend
{
    private readonly GatewayServer _server = GatewayServer.Start("--transport", "socket");

    /// <inheritdoc/>
    public int MemcachedPort => _server.AutoPort;

    /// <inheritdoc/>
    public int RedisPort => _server.RespPort;

    /// <inheritdoc/>
    public string MemcachedSocket => _server.UnixPath!;

    /// <inheritdoc/>
    public string RedisSocket => _server.UnixPath!;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
