namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>The gateway on its RESP port.</summary>
public sealed class GatewayRespPort : IRedis
{
    private readonly Gateway _gateway = new();

    /// <inheritdoc/>
    public int Port => _gateway.RespPort;

    /// <inheritdoc/>
    public void Dispose() => _gateway.Dispose();
}
