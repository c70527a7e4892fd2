using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>A gateway, PHP with several workers and ASP.NET Core, for all tests of a setup.</summary>
public abstract class Stack(Setup setup) : IDisposable
{
    private readonly GatewayServer _gateway = GatewayServer.Start();
    private PhpWorkers? _php;
    private DotNetSite? _net;

    /// <summary>How PHP keeps its sessions.</summary>
    public Setup Setup => setup;

    internal PhpWorkers Php => _php ??= new PhpWorkers(setup.Ini(_gateway.AutoPort, _gateway.RespPort));

    internal DotNetSite Net => _net ??= NewNet();

    /// <summary>Another process of the .NET site.</summary>
    /// <param name="settings">Settings on top of the setup's.</param>
    internal DotNetSite NewNet(params (string Name, string Value)[] settings) =>
        new(_gateway.RespPort,
            setup.Settings.Where(entry => settings.All(other => other.Name != entry.Name)).Concat(settings));

    /// <summary>A new user.</summary>
    internal Browser NewBrowser(string? sessionId = null, DotNetSite? net = null) =>
        new(Php.Port, (net ?? Net).Port, sessionId);

    /// <summary>The stored bytes of a key; null where there is none.</summary>
    internal byte[]? Stored(string key)
    {
        using var connection = RawConnection.Connect(_gateway.RespPort);
        connection.Send(Requests.Resp("GET", key));
        RespReplyReader reply = connection.ReadResp();
        return reply.Kind == RespReplyKind.Null ? null : reply.Text.ToArray();
    }

    /// <summary>Stores bytes as a memcached client does.</summary>
    internal void Store(string key, byte[] bytes)
    {
        using var connection = RawConnection.Connect(_gateway.AutoPort);
        connection.Send(Requests.Text("set", key, 600, bytes));
        Assert.Equal("STORED\r\n", connection.ReadThrough("\r\n"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _php?.Dispose();
        _net?.Dispose();
        _gateway.Dispose();
        GC.SuppressFinalize(this);
    }
}
