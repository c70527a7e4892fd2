using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>redis-server with a password.</summary>
public sealed class RealRedisWithLogin : IRedis
{
    private readonly RedisServer _server = RedisServer.Start("--requirepass", ServerLogin.Password);

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
