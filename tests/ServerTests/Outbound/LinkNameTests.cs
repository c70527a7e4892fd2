using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Options;
using Xunit;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>A link to a name: the look-up keeps no loop waiting, and its time is the link's.</summary>
public sealed class LinkNameTests
{
    public static TheoryData<object> Transports => [TransportKind.Epoll, TransportKind.Socket];

    [Theory]
    [MemberData(nameof(Transports))]
    public void The_addresses_of_a_name_are_tried_one_after_the_other(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var names = new TestNames();
        var owner = new RecordingOwner();
        OutboundLink link = rig.Connect(Name(listener), owner, names: names);
        rig.RunUntil(() => names.IsAsked);
        Assert.Equal("backup.example", names.Name);
        Assert.False(link.IsOpen);

        // Loopback is a whole network; the listener has one address of it.
        names.Answer("127.0.0.2", "127.0.0.3", "127.0.0.1");
        rig.RunUntil(() => owner.Connected > 0);
        Assert.True(link.IsOpen);
        Assert.Empty(owner.Ends);
        using Socket peer = listener.Accept();
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)peer.LocalEndPoint!).Address);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void When_no_address_answers_the_last_reason_is_told(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var names = new TestNames();
        var owner = new RecordingOwner();
        rig.Connect(Name(listener), owner, names: names);
        names.Answer("127.0.0.2", "127.0.0.3");
        rig.RunUntil(() => owner.Ends.Count > 0);
        Assert.Equal([new LinkEnd(LinkEndKind.NotConnected, SocketError.ConnectionRefused)], owner.Ends);
        Assert.Equal(0, rig.Loop.Links.Count);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_told()
    {
        using var rig = new LinkRig(TransportKind.Epoll);
        var names = new TestNames();
        var owner = new RecordingOwner();
        rig.Connect(new DnsEndPoint("nowhere.example", 1), owner, names: names);
        names.Fail(SocketError.HostNotFound);
        rig.RunUntil(() => owner.Ends.Count > 0);
        Assert.Equal([new LinkEnd(LinkEndKind.NotConnected, SocketError.HostNotFound)], owner.Ends);
    }

    [Fact]
    public void A_name_without_addresses_is_told()
    {
        using var rig = new LinkRig(TransportKind.Epoll);
        var names = new TestNames();
        var owner = new RecordingOwner();
        rig.Connect(new DnsEndPoint("nowhere.example", 1), owner, names: names);
        names.Answer();
        rig.RunUntil(() => owner.Ends.Count > 0);
        Assert.Equal([new LinkEnd(LinkEndKind.NotConnected, SocketError.HostNotFound)], owner.Ends);
    }

    [Fact]
    public void A_look_up_that_does_not_end_ends_at_the_deadline_and_is_given_up()
    {
        using var rig = new LinkRig(TransportKind.Epoll);
        var names = new TestNames();
        var owner = new RecordingOwner();
        var limits = new LinkLimits { ConnectTimeout = TimeSpan.FromSeconds(3) };
        rig.Connect(new DnsEndPoint("slow.example", 1), owner, limits, names);
        rig.RunUntil(() => names.IsAsked);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(2990));
        rig.RunTurn();
        Assert.Empty(owner.Ends);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        rig.RunTurn();
        Assert.Equal([new LinkEnd(LinkEndKind.TimedOut)], owner.Ends);
        Assert.True(names.Cancellation.IsCancellationRequested);
    }

    [Fact]
    public void What_is_found_for_a_link_that_was_closed_meanwhile_opens_nothing()
    {
        using var rig = new LinkRig(TransportKind.Epoll);
        using Socket listener = LinkRig.Listen();
        var names = new TestNames();
        var owner = new RecordingOwner();
        OutboundLink link = rig.Connect(Name(listener), owner, names: names);
        rig.RunUntil(() => names.IsAsked);
        link.Close();
        names.Answer("127.0.0.1");

        // A second link is opened behind it: whatever the first one would do has happened by then.
        var second = new RecordingOwner();
        rig.Connect(listener.LocalEndPoint!, second);
        rig.RunUntil(() => second.Connected > 0);
        Assert.Equal(0, owner.Connected);
        Assert.Empty(owner.Ends);
        Assert.Equal(1, rig.Loop.Links.Count);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void The_system_is_asked_when_nobody_else_is_named(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        rig.Connect(new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port), owner);
        rig.RunUntil(() => owner.Connected > 0);
        Assert.Empty(owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_silent_peer_is_asked_whether_it_is_still_there(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        rig.Connect(listener.LocalEndPoint!, owner, new LinkLimits { KeepAlive = TimeSpan.FromSeconds(1000) });
        rig.RunUntil(() => owner.Connected > 0);
        using Socket peer = listener.Accept();
        int port = ((IPEndPoint)peer.RemoteEndPoint!).Port;

        // The kernel's timer of the link's socket is that of keep-alive (proc(5): tr 02), in hundredths of a second.
        rig.RunUntil(() => TimerOf(port) is { Kind: 2, Left: > 0 and <= 100_000 });
    }

    private static DnsEndPoint Name(Socket listener) =>
        new("backup.example", ((IPEndPoint)listener.LocalEndPoint!).Port);

    // Of the socket with a local port that a peer is connected to.
    private static (int Kind, long Left)? TimerOf(int port)
    {
        foreach (string line in File.ReadLines("/proc/net/tcp").Skip(1))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            bool isOpen = words[3] == "01";
            if (isOpen && words[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            {
                string[] timer = words[5].Split(':');
                return (Convert.ToInt32(timer[0], 16), Convert.ToInt64(timer[1], 16));
            }
        }

        return null;
    }
}
