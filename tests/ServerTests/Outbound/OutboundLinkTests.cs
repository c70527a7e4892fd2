using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Options;
using Xunit;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>A loop connects to other servers, over both transports and real sockets.</summary>
public sealed class OutboundLinkTests
{
    public static TheoryData<object> Transports => [TransportKind.Epoll, TransportKind.Socket];

    [Theory]
    [MemberData(nameof(Transports))]
    public void Every_byte_arrives_in_both_directions(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        byte[] request = Bytes(3 << 20, seed: 1);
        byte[] answer = Bytes(5_000_000, seed: 2);
        // Frames of a length that divides neither the helpings nor the buffers.
        var owner = new RecordingOwner
        {
            FrameBytes = 10_000,
            WhenConnected = opened => Assert.True(opened.TrySend(request)),
        };
        OutboundLink link = rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        using Socket peer = Accept(listener);
        var received = new List<byte>();
        int answered = 0;
        byte[] buffer = new byte[50_000];
        rig.RunUntil(() =>
        {
            while (peer.Receive(buffer, SocketFlags.None, out _) is > 0 and int count)
            {
                received.AddRange(buffer.AsSpan(0, count));
            }

            answered += Math.Max(peer.Send(answer.AsSpan(answered), SocketFlags.None, out _), 0);
            return received.Count == request.Length && owner.Received.Count == answer.Length;
        });
        AssertSame(request, received);
        AssertSame(answer, owner.Received);
        Assert.Equal(1, owner.Connected);
        Assert.Equal(0, link.UnsentBytes);
        Assert.Empty(owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void What_was_not_taken_is_offered_again_when_the_owner_reads_again(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        int offers = 0;
        var owner = new RecordingOwner
        {
            FrameBytes = 4,
            WhenReceived = received => received.IsReading = ++offers > 1,
        };
        OutboundLink link = rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        using Socket peer = Accept(listener);
        peer.Send([1, 2, 3, 4, 5, 6]);
        rig.RunUntil(() => owner.Received.Count == 4);
        Assert.Equal(1, offers);

        // Nothing more comes.
        link.IsReading = true;
        rig.RunUntil(() => offers == 2);
        peer.Send([7, 8]);
        rig.RunUntil(() => owner.Received.Count == 8);
        AssertSame([1, 2, 3, 4, 5, 6, 7, 8], owner.Received);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_refusal_is_told(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket bound = LinkRig.Listen();
        EndPoint nobody = bound.LocalEndPoint!;
        bound.Close();
        var owner = new RecordingOwner();
        OutboundLink link = rig.Connect(nobody, owner);
        rig.RunUntil(() => owner.Ends.Count > 0);
        Assert.Equal([new LinkEnd(LinkEndKind.NotConnected, SocketError.ConnectionRefused)], owner.Ends);
        Assert.Equal(0, owner.Connected);
        Assert.False(link.TrySend([1]));
        Assert.Equal(0, rig.Loop.Links.Count);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_connect_that_nobody_answers_ends_at_its_deadline(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen(backlog: 0);
        // The kernel answers no connect to a listener whose queue is full (tcp_abort_on_overflow 0, the default).
        List<Socket> fillers = FillQueue(listener);
        var owner = new RecordingOwner();
        var limits = new LinkLimits { ConnectTimeout = TimeSpan.FromSeconds(3) };
        rig.Connect(listener.LocalEndPoint!, owner, limits);
        rig.RunTurn();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(2990));
        rig.RunTurn();
        Assert.Empty(owner.Ends);
        Assert.Equal(1, rig.Loop.Links.Count);
        rig.Clock.Advance(TimeSpan.FromMilliseconds(20));
        rig.RunTurn();
        Assert.Equal([new LinkEnd(LinkEndKind.TimedOut)], owner.Ends);
        Assert.Equal(0, owner.Connected);
        Assert.Equal(0, rig.Loop.Links.Count);
        fillers.ForEach(f => f.Dispose());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_link_that_is_open_has_no_deadline(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        OutboundLink link = rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        rig.RunTurn();
        Assert.True(link.IsOpen);
        Assert.Empty(owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void What_the_peer_sent_before_it_closed_is_handed_over(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        byte[] last = Bytes(200_000, seed: 3);
        using (Socket peer = Accept(listener))
        {
            int sent = 0;
            rig.RunUntil(() =>
                (sent += Math.Max(peer.Send(last.AsSpan(sent), SocketFlags.None, out _), 0)) == last.Length);
            peer.Shutdown(SocketShutdown.Both);
        }

        rig.RunUntil(() => owner.Ends.Count > 0);
        AssertSame(last, owner.Received);
        Assert.Equal([new LinkEnd(LinkEndKind.PeerClosed)], owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_reset_is_told(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        Socket peer = Accept(listener);
        peer.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Dispose();
        rig.RunUntil(() => owner.Ends.Count > 0);
        Assert.Equal([new LinkEnd(LinkEndKind.Broken)], owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_link_to_a_unix_socket_opens(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        string folder = Directory.CreateTempSubdirectory("gateway").FullName;
        try
        {
            var address = new UnixDomainSocketEndPoint(Path.Combine(folder, "s"));
            var missing = new RecordingOwner();
            rig.Connect(address, missing);
            rig.RunUntil(() => missing.Ends.Count > 0);
            Assert.Equal(LinkEndKind.NotConnected, missing.Ends[0].Kind);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(address);
            listener.Listen();
            var owner = new RecordingOwner { WhenConnected = link => link.TrySend("ping"u8) };
            rig.Connect(address, owner);
            rig.RunUntil(() => owner.Connected > 0);
            using Socket peer = Accept(listener);
            byte[] buffer = new byte[8];
            rig.RunUntil(() => peer.Available == 4);
            Assert.Equal("ping"u8, buffer.AsSpan(0, peer.Receive(buffer)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_link_whose_peer_does_not_read_holds_no_more_than_it_may_and_its_memory_is_counted(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        var limits = new LinkLimits { MaxUnsentBytes = 1 << 20 };
        OutboundLink link = rig.Connect(listener.LocalEndPoint!, owner, limits);
        rig.RunUntil(() => owner.Connected > 0);
        using Socket peer = Accept(listener);
        byte[] part = new byte[100_000];
        int sent = 0;
        rig.RunUntil(() =>
        {
            while (link.TrySend(part))
            {
                sent += part.Length;
            }

            // Full, and not because the loop has had no turn since.
            int unsent = link.UnsentBytes;
            rig.RunTurn();
            return link.UnsentBytes == unsent && sent > limits.MaxUnsentBytes;
        });
        Assert.InRange(link.UnsentBytes, 1, 1 << 20);
        Assert.False(link.TrySend(part));
        rig.RunTurn();
        Assert.True(rig.Loop.Links.Bytes >= link.UnsentBytes);
        Assert.True(rig.CountedBytes >= rig.Loop.Links.Bytes);
        link.Close();
        rig.RunTurn();
        Assert.Equal(0, rig.Loop.Links.Bytes);
        Assert.Empty(owner.Ends);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public void A_loop_that_stops_ends_its_links(object kind)
    {
        using var rig = new LinkRig((TransportKind)kind);
        using Socket listener = LinkRig.Listen();
        var owner = new RecordingOwner();
        rig.Connect(listener.LocalEndPoint!, owner);
        rig.RunUntil(() => owner.Connected > 0);
        rig.Loop.Post(new LoopMessage(LoopMessageKind.Stop));
        rig.RunUntil(() => rig.Loop.IsFinished);
        Assert.Equal([new LinkEnd(LinkEndKind.LoopStopped)], owner.Ends);
    }

    // Assert.Equal takes seconds for megabytes.
    private static void AssertSame(byte[] expected, List<byte> actual) => Assert.True(
        expected.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(actual)), $"{actual.Count} other bytes");

    private static Socket Accept(Socket listener)
    {
        Socket peer = listener.Accept();
        peer.Blocking = false;
        return peer;
    }

    private static List<Socket> FillQueue(Socket listener)
    {
        var fillers = new List<Socket>();
        for (int i = 0; i < 4; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                Blocking = false,
            };
            fillers.Add(filler);
            try
            {
                filler.Connect(listener.LocalEndPoint!);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // On its way, or never answered: the queue is full from then on.
            }
        }

        return fillers;
    }

    private static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
