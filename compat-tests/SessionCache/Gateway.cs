using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.SessionCache;

/// <summary>The gateway.</summary>
public sealed class Gateway : ICacheServer
{
    private readonly GatewayServer _server = GatewayServer.Start();

    /// <inheritdoc/>
    public int Port => _server.RespPort;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
