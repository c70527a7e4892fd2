using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Locks;

/// <summary>redis-server itself: shows that the suite asks for what Redis does.</summary>
public sealed class RealRedis : ILockServer
{
    private readonly RedisServer _server = RedisServer.Start();

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
