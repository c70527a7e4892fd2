using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.SessionCache;

/// <summary>redis-server itself: shows that the suite asks for what Redis does.</summary>
public sealed class RealRedis : ICacheServer
{
    private readonly RedisServer _server = RedisServer.Start();

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
