using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>memcached itself: shows that a suite asks for what memcached does.</summary>
public sealed class RealMemcached : IMemcached
{
    private readonly MemcachedServer _server = MemcachedServer.Start();

    /// <inheritdoc/>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
