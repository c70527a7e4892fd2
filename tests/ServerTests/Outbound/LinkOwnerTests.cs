using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>What a link tells its owner, and what an owner may do meanwhile; over a stream in memory.</summary>
public sealed class LinkOwnerTests : IDisposable
{
    private readonly TestServer _server = new();
    private readonly MemoryTransport _stream = new("10.0.0.1:6379") { Connected = SocketError.InProgress };

    public LinkOwnerTests() => _server.Poller.Outward = _stream;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_owner_hears_that_the_link_is_open_before_any_byte()
    {
        var owner = new RecordingOwner();
        OutboundLink link = Start(owner);
        _server.Settle();
        Assert.False(link.IsOpen);
        Assert.False(link.TrySend("early"u8));
        _stream.Arrive("hello"u8.ToArray());
        _stream.Notify();
        _server.Settle();
        Assert.Empty(owner.Received);
        Open();
        Assert.Equal(1, owner.Connected);
        Assert.Equal("hello", Text(owner.Received));
    }

    [Fact]
    public void What_the_owner_does_not_take_comes_again_in_front_of_the_rest()
    {
        var owner = new RecordingOwner { FrameBytes = 4 };
        Start(owner);
        Open();
        foreach (string part in new[] { "a", "bc", "defg", "h", "ijk" })
        {
            _stream.Arrive(Encoding.Latin1.GetBytes(part));
            _stream.Notify();
            _server.Settle();
        }

        Assert.Equal("abcdefgh", Text(owner.Received));
        _stream.Arrive("l"u8.ToArray());
        _stream.Notify();
        _server.Settle();
        Assert.Equal("abcdefghijkl", Text(owner.Received));
    }

    [Fact]
    public void An_answer_given_while_bytes_are_taken_goes_out_with_the_same_turn()
    {
        var owner = new RecordingOwner { WhenReceived = link => link.TrySend("pong"u8) };
        Start(owner);
        Open();
        _stream.Arrive("ping"u8.ToArray());
        _stream.Notify();
        _server.Loop.RunTurn();
        Assert.Equal("pong", Text(_stream.Sent));
    }

    [Fact]
    public void An_owner_that_fails_ends_its_link_and_leaves_connections_alone()
    {
        TestClient client = _server.Connect();
        var owner = new RecordingOwner { WhenReceived = _ => throw new InvalidOperationException("injected") };
        Start(owner);
        Open();
        _stream.Arrive("x"u8.ToArray());
        _stream.Notify();
        _server.Settle();
        Assert.Equal([new LinkEnd(LinkEndKind.OwnerFailed)], owner.Ends);
        Assert.True(_stream.IsClosedByServer);
        Assert.StartsWith("VERSION", client.Ask("version\r\n"));
    }

    [Fact]
    public void An_owner_may_close_its_link_while_it_reads_and_hears_no_more()
    {
        var owner = new RecordingOwner { FrameBytes = 3, WhenReceived = link => link.Close() };
        Start(owner);
        Open();
        _stream.Arrive("ab"u8.ToArray());
        _stream.Arrive("cd"u8.ToArray());
        _stream.Notify();
        _server.Settle();
        Assert.True(_stream.IsClosedByServer);
        Assert.Empty(owner.Ends);
        Assert.Equal(0, _server.Loop.Links.Bytes);
        Assert.Equal(0, _server.Loop.Links.Count);
    }

    [Fact]
    public void A_message_longer_than_allowed_ends_the_link()
    {
        var owner = new RecordingOwner { FrameBytes = int.MaxValue };
        Start(owner, new LinkLimits { MaxInputBytes = 1000 });
        Open();
        _stream.Arrive(new byte[1000]);
        _stream.Notify();
        _server.Settle();
        Assert.Empty(owner.Ends);
        _stream.Arrive(new byte[1]);
        _stream.Notify();
        _server.Settle();
        Assert.Equal([new LinkEnd(LinkEndKind.TooMuchInput)], owner.Ends);
        Assert.Equal(0, _server.Loop.Links.Bytes);
    }

    [Fact]
    public void A_link_with_much_to_read_leaves_connections_their_turns()
    {
        TestClient client = _server.Connect();
        Start(new RecordingOwner());
        Open();
        for (int i = 0; i < 100; i++)
        {
            _stream.Arrive(new byte[1000]);
        }

        _stream.Notify();
        client.Post("version\r\n"u8.ToArray());
        _server.Loop.RunTurn();
        Assert.StartsWith("VERSION", client.Receive());
        Assert.Equal(99, _stream.UnreadChunks);
    }

    [Fact]
    public void A_link_that_is_closed_before_its_loop_hears_of_it_is_never_opened()
    {
        var owner = new RecordingOwner();
        OutboundLink link = Start(owner);
        link.Close();
        Open();
        Assert.Equal(0, owner.Connected);
        Assert.Empty(owner.Ends);
        Assert.Equal(0, _server.Loop.Links.Count);
    }

    private static string Text(List<byte> bytes) => Encoding.Latin1.GetString([.. bytes]);

    private OutboundLink Start(RecordingOwner owner, LinkLimits? limits = null)
    {
        var link = new OutboundLink(_server.Loop, new IPEndPoint(IPAddress.Loopback, 6379), owner, limits);
        link.Start();
        return link;
    }

    private void Open()
    {
        _server.Settle();
        _stream.Connected = SocketError.Success;
        (_stream.Owner as OutboundLink)?.OnReady();
        _server.Settle();
    }
}
