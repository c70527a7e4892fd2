namespace SessionGateway.Gateway.Options;

/// <summary>How bytes come in and go out.</summary>
internal enum TransportKind
{
    /// <summary>Own event loops over epoll; Linux only.</summary>
    Epoll,

    /// <summary>The portable <c>System.Net.Sockets.Socket</c>.</summary>
    Socket,
}
