using System.Net.Sockets;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>A listening socket, made by the framework and accepted from by descriptor.</summary>
internal sealed class EpollListener(Socket socket, ListenerProtocol protocol, string address,
    string? unixPath) : IDisposable
{
    /// <summary>The socket's descriptor.</summary>
    public int Descriptor { get; } = (int)socket.Handle;

    /// <summary>How its connections are read.</summary>
    public ListenerProtocol Protocol { get; } = protocol;

    /// <summary>For logs.</summary>
    public string Address { get; } = address;

    /// <summary>Path of a unix socket.</summary>
    public string? UnixPath { get; } = unixPath;

    /// <summary>Unix milliseconds until which nothing is accepted, 0 = accepting.</summary>
    public long PausedUntil { get; set; }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
