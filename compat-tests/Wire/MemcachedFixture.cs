using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire;

/// <summary>A real memcached and a gateway, started when a test first needs them.</summary>
public sealed class MemcachedFixture : IDisposable
{
    private readonly Lazy<MemcachedServer> _real = new(StartReal);
    private readonly Lazy<GatewayServer> _gateway = new(() => GatewayServer.Start());

    internal Peer Real =>
        new("memcached", () => RawConnection.Connect(_real.Value.Port)) { ExecutesRefusedData = true };

    internal Peer Gateway => new("gateway", () => RawConnection.Connect(_gateway.Value.AutoPort));

    internal Peer GatewayUnix => new("gateway (unix)", () => RawConnection.ConnectUnix(_gateway.Value.UnixPath!));

    /// <summary>
    /// Without the background threads: they hold items for a moment, and memcached then writes a shrunk number as a new
    /// item instead of padding the old one with blanks.
    /// </summary>
    internal static MemcachedServer StartReal() => MemcachedServer.Start("-o", "no_lru_maintainer,no_lru_crawler");

    public void Dispose()
    {
        if (_real.IsValueCreated)
            _real.Value.Dispose();
        if (_gateway.IsValueCreated)
            _gateway.Value.Dispose();
    }
}
