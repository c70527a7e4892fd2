using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>The gateway on its port that tells the protocols apart by the first byte.</summary>
public sealed class Gateway : IMemcached, IRedis
{
    private readonly GatewayServer _server = GatewayServer.Start();

    /// <inheritdoc/>
    public int Port => _server.AutoPort;

    /// <summary>The port on which letters are RESP inline commands.</summary>
    public int RespPort => _server.RespPort;

    /// <summary>Unix socket with the rules of <see cref="Port"/>.</summary>
    public string UnixPath => _server.UnixPath ?? throw new InvalidOperationException("no unix socket");

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
