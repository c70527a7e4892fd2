using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>redis-server itself: shows that a suite asks for what Redis does.</summary>
public sealed class RealRedis : IRedis
{
    private readonly RedisServer _server = RedisServer.Start();

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
