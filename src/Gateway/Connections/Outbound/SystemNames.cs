using System.Net;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>Asks the system: hosts file, name servers.</summary>
internal sealed class SystemNames : INameLookup
{
    /// <summary>The one there is.</summary>
    public static SystemNames Instance { get; } = new();

    /// <inheritdoc/>
    public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation) =>
        Dns.GetHostAddressesAsync(name, cancellation);
}
