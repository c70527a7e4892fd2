using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>The gateway: one process, one store for all handlers.</summary>
public sealed class Gateway : IBackend
{
    private readonly GatewayServer _server = GatewayServer.Start();

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
