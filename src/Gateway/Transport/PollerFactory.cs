using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Transport.Epoll;
using SessionGateway.Gateway.Transport.Sockets;

namespace SessionGateway.Gateway.Transport;

/// <summary>The transports by their names in <c>--transport</c>.</summary>
internal static class PollerFactory
{
    /// <summary>Makes what a loop waits with.</summary>
    /// <exception cref="StartupException">The system has no more of what it needs.</exception>
    public static Poller Create(TransportKind kind, TimeProvider time, TransportLog log) => kind switch
    {
        TransportKind.Epoll => new EpollPoller(log),
        _ => new SocketPoller(time, log),
    };
}
