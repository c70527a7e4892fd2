using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Transport.Sockets;
using SessionGateway.ServerTests.Holding;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>The portable transport sees that a peer has closed its side, as epoll does.</summary>
public sealed class PeerClosedTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void A_peer_that_has_closed_looks_closed_behind_bytes_that_nobody_received(int bytes)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(listener.LocalEndPoint!);
        var transport = new SocketTransport(listener.Accept(), unixPath: null);
        peer.Send(new byte[bytes]);
        Assert.False(transport.LooksClosed());
        peer.Shutdown(SocketShutdown.Send);
        LiveServer.Until(transport.LooksClosed);
        transport.Close();
    }
}
