using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class KeepAliveTests
{
    [Fact]
    public void Clients_are_asked_whether_they_are_there_after_the_silence_that_the_option_says()
    {
        var address = ListenAddress.Tcp(new IPEndPoint(IPAddress.Loopback, 0), ListenerProtocol.Auto);
        var bound = BoundSocket.Open(address, TimeSpan.FromSeconds(75), InheritedSockets.Find());
        using Socket listener = bound.Socket;
        bound.Listen(backlog: 1);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        using Socket accepted = listener.Accept();
        Assert.Equal(1, accepted.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(75, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(25, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(3, accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
    }
}
