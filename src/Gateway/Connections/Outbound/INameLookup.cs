using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>Finds the addresses of a name.</summary>
internal interface INameLookup
{
    /// <summary>Looks a name up; it may take as long as it takes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    /// <returns>The addresses in the order in which they are to be tried.</returns>
    /// <exception cref="SocketException">There is none, or nobody could be asked.</exception>
    Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation);
}
