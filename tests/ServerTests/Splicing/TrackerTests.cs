using System.Text;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Protocols.Detection;
using Xunit;

namespace SessionGateway.ServerTests.Splicing;

/// <summary>Whether something is on its way is known after every byte, whatever pieces the bytes come in.</summary>
public sealed class TrackerTests
{
    private const string Set = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$12\r\n*1\r\n$4\r\nPING\r\n";

    public static TheoryData<WireProtocol, string, string> Conversations => new()
    {
        { WireProtocol.Resp, "*1\r\n$4\r\nPING\r\n", "+PONG\r\n" },
        { WireProtocol.Resp, Set, "+OK\r\n" },
        { WireProtocol.Resp, "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "$7\r\n+OK\r\n\r\n\r\n" },
        { WireProtocol.Resp, "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "$-1\r\n" },
        { WireProtocol.Resp, "*2\r\n$3\r\nGET\r\n$0\r\n\r\n", "_\r\n" },
        { WireProtocol.Resp, "*1\r\n$4\r\nROLE\r\n", "*3\r\n$6\r\nmaster\r\n:0\r\n*1\r\n*2\r\n$1\r\na\r\n*0\r\n" },
        { WireProtocol.Resp, "*2\r\n$7\r\nHGETALL\r\n$1\r\nk\r\n", "%2\r\n+a\r\n:1\r\n+b\r\n,1.5\r\n" },
        { WireProtocol.Resp, "*1\r\n$4\r\nPING\r\n", ">2\r\n+invalidate\r\n*1\r\n+k\r\n+PONG\r\n" },
        { WireProtocol.Resp, "*1\r\n$4\r\nPING\r\n", "|1\r\n+ttl\r\n:1\r\n+PONG\r\n" },
        { WireProtocol.Resp, "*2\r\n$4\r\nECHO\r\n$1\r\na\r\n", "!5\r\nERR x\r\n" },
        { WireProtocol.Resp,
            "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nexec\r\n", "+OK\r\n+QUEUED\r\n*1\r\n+PONG\r\n" },
        { WireProtocol.Resp, "*2\r\n$5\r\nWATCH\r\n$1\r\nk\r\n*1\r\n$7\r\nUNWATCH\r\n", "+OK\r\n+OK\r\n" },
        { WireProtocol.MemcachedText, "get a b\r\n", "VALUE a 0 5\r\nEND\r\n\r\nEND\r\n" },
        { WireProtocol.MemcachedText, "gets a\r\n", "VALUE a 0 0 17\r\n\r\nEND\r\n" },
        { WireProtocol.MemcachedText, "set a 0 0 7\r\nget a\r\n\r\n", "STORED\r\n" },
        { WireProtocol.MemcachedText, "set a 0 0 1 noreply\r\nx\r\nincr a 1\r\n", "2\r\n" },
        { WireProtocol.MemcachedText, "stats\r\n", "STAT a 1\r\nSTAT b END\r\nEND\r\n" },
        { WireProtocol.MemcachedText, "mg a v\r\nms b 2\r\nhi\r\nmn\r\n", "VA 3\r\nMN\n\r\nHD\r\nMN\r\n" },
        { WireProtocol.MemcachedText, "cas a 0 0 1 5\r\nx\r\n", "EXISTS\r\n" },
        { WireProtocol.MemcachedBinary, Packet(0x80, 0, 0, "a"), Packet(0x81, 0, 0, "\0\0\0\0value") },
        { WireProtocol.MemcachedBinary, Packet(0x80, 0x0d, 1, "a") + Packet(0x80, 0x0a, 0, ""),
            Packet(0x81, 0x0d, 1, "\0\0\0\0av") + Packet(0x81, 0x0a, 0, "") },
        { WireProtocol.MemcachedBinary, Packet(0x80, 0x10, 0, ""),
            Packet(0x81, 0x10, 1, "av") + Packet(0x81, 0x10, 0, "") },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public void A_conversation_is_quiet_before_and_after_and_not_between(
        WireProtocol protocol, string request, string reply)
    {
        for (int piece = 1; piece <= Math.Max(request.Length, reply.Length); piece++)
        {
            var tracker = ConversationTracker.Create(protocol);
            Assert.True(tracker.IsQuiet);
            for (int repeat = 0; repeat < 2; repeat++)
            {
                Feed(request, piece, bytes => tracker.OnSent(bytes), _ => Assert.False(tracker.IsQuiet));
                Assert.False(tracker.IsQuiet);
                Feed(reply, piece, bytes => tracker.OnReceived(bytes),
                    isLast => Assert.Equal(isLast, tracker.IsQuiet));
            }

            Assert.False(tracker.IsUnsure);
        }
    }

    [Theory]
    [InlineData(WireProtocol.Resp, "*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n")]
    [InlineData(WireProtocol.Resp, "*2\r\n$10\r\npsubscribe\r\n$1\r\nc\r\n")]
    [InlineData(WireProtocol.Resp, "*1\r\n$7\r\nMONITOR\r\n")]
    [InlineData(WireProtocol.Resp, "*3\r\n$6\r\nCLIENT\r\n$5\r\nreply\r\n$3\r\nOFF\r\n")]
    [InlineData(WireProtocol.Resp, "*3\r\n$6\r\nCLIENT\r\n$8\r\nTRACKING\r\n$2\r\nON\r\n")]
    [InlineData(WireProtocol.Resp, "*1\r\n$4\r\nQUIT\r\n")]
    [InlineData(WireProtocol.Resp, "PING\r\n")]
    [InlineData(WireProtocol.Resp, "*1\r\n+PING\r\n")]
    [InlineData(WireProtocol.Resp, "*99999999999999999999\r\n")]
    [InlineData(WireProtocol.MemcachedText, "quit\r\n")]
    [InlineData(WireProtocol.MemcachedText, "watch\r\n")]
    [InlineData(WireProtocol.MemcachedText, "\r\n")]
    [InlineData(WireProtocol.MemcachedText, "set a 0 0 x\r\n")]
    [InlineData(WireProtocol.MemcachedText, "set a 0 0 -1\r\n")]
    [InlineData(WireProtocol.MemcachedText, "set a\r\n")]
    [InlineData(WireProtocol.MemcachedText, "mg a v q\r\n")]
    public void What_cannot_go_on_elsewhere_is_unsure_for_good(WireProtocol protocol, string request)
    {
        for (int piece = 1; piece <= request.Length; piece++)
        {
            var tracker = ConversationTracker.Create(protocol);
            Feed(request, piece, bytes => tracker.OnSent(bytes), _ => { });
            Assert.True(tracker.IsUnsure);
            Assert.False(tracker.IsQuiet);
            tracker.OnReceived("+OK\r\n+OK\r\n"u8);
            Assert.True(tracker.IsUnsure);
        }
    }

    [Theory]
    [InlineData("*1\r\n$5\r\nMULTI\r\n", "+OK\r\n")]
    [InlineData("*2\r\n$5\r\nWATCH\r\n$1\r\nk\r\n", "+OK\r\n")]
    public void A_transaction_that_is_open_is_not_quiet(string request, string reply)
    {
        var tracker = ConversationTracker.Create(WireProtocol.Resp);
        tracker.OnSent(Encoding.ASCII.GetBytes(request));
        tracker.OnReceived(Encoding.ASCII.GetBytes(reply));
        Assert.False(tracker.IsQuiet);
        Assert.False(tracker.IsUnsure);
    }

    [Fact]
    public void More_replies_than_requests_are_not_understood()
    {
        var tracker = ConversationTracker.Create(WireProtocol.Resp);
        tracker.OnReceived("+OK\r\n"u8);
        Assert.True(tracker.IsUnsure);
    }

    private static void Feed(string text, int piece, Action<byte[]> take, Action<bool> look)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int at = 0; at < bytes.Length; at += piece)
        {
            int end = Math.Min(at + piece, bytes.Length);
            take(bytes[at..end]);
            look(end == bytes.Length);
        }
    }

    private static string Packet(int magic, int code, int keyLength, string body) =>
        $"{(char)magic}{(char)code}\0{(char)keyLength}\0\0\0\0\0\0\0{(char)body.Length}" + new string('\0', 12) + body;
}
