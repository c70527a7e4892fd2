using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Locks;

/// <summary>The gateway.</summary>
public sealed class Gateway : ILockServer
{
    private readonly GatewayServer _server = GatewayServer.Start();

    /// <inheritdoc/>
    public int Port => _server.RespPort;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
