using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>The gateway with a user and a password.</summary>
public sealed class GatewayWithLogin : IMemcached, IRedis
{
    private readonly GatewayServer _server = GatewayServer.Start(
        "--auth", $"{ServerLogin.User}:{ServerLogin.Password}", "--auth", ServerLogin.Password);

    /// <inheritdoc/>
    public int Port => _server.AutoPort;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
