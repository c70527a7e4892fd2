using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>The gateway with users and passwords.</summary>
public sealed class GatewayWithLogin : IBackend
{
    private readonly GatewayServer _server = GatewayServer.Start(
        "--auth", $"{Login.SaslUser}:{Login.SaslPassword}",
        "--auth", $"{Login.RedisUser}:{Login.RedisPassword}",
        "--auth", Login.Password);

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
