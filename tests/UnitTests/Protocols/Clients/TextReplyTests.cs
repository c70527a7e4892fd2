using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Clients;

public sealed class TextReplyTests
{
    [Theory]
    [Wire("STORED\r\nNOT_STORED\r\nEND\r\n", "STORED NOT_STORED END")]
    [Wire("VALUE k 0 5\r\nhello\r\nEND\r\n", "k(0,0)=hello END")]
    [Wire("VALUE k 4294967295 0 18446744073709551615\r\n\r\nEND\r\n", "k(4294967295,18446744073709551615)= END")]
    [Wire("VALUE a 1 2 3\r\n\r\n\r\nVALUE b 0 7\r\nEND\r\nab\r\nEND\r\n", "a(1,3)=\r\n b(0,0)=END\r\nab END")]
    [Wire("12\r\nVERSION 1.6.18\r\nSTAT pid 1\r\n\r\n", "12 VERSION 1.6.18 STAT pid 1")]
    [Wire("ERROR\r\nCLIENT_ERROR bad data chunk\r\nSERVER_ERROR x\r\nERRORS\r\n",
        "ERROR (error) CLIENT_ERROR bad data chunk (error) SERVER_ERROR x (error) ERRORS")]
    [Wire("VALUE k 0 5\r\nhell", "…")]
    [Wire("STOR", "…")]
    public void Replies_are_read_in_every_cut(Segments wire, string expected) =>
        Assert.Equal(expected, ReplyText.MemcachedText(wire));

    [Theory]
    [Wire("\n")]
    [Wire("STORED\n")]
    [Wire("VALUE k 0\r\n")]
    [Wire("VALUE  0 1\r\nx\r\n")]
    [Wire("VALUE k x 1\r\nx\r\n")]
    [Wire("VALUE k 4294967296 1\r\nx\r\n")]
    [Wire("VALUE k +1 1\r\nx\r\n")]
    [Wire("VALUE k 0 -1\r\nx\r\n")]
    [Wire("VALUE k 0 1073741825\r\n")]
    [Wire("VALUE k 0 1 2 3\r\nx\r\n")]
    [Wire("VALUE k 0 1 \r\nx\r\n")]
    [Wire("VALUE k 0 1\r\nxyz")]
    public void What_is_no_reply_is_fatal_in_every_cut(Segments wire) =>
        Assert.Equal("!", ReplyText.MemcachedText(wire));

    [Fact]
    public void A_line_has_a_limit()
    {
        byte[] line = Segments.BytesOf(new string('x', TextReplyReader.MaxLineBytes - 1) + "\r\n");
        Assert.Equal(ReplyStatus.Done, TextReplyReader.TryRead(line, out _, out _));
        line = Segments.BytesOf(new string('x', TextReplyReader.MaxLineBytes + 1));
        Assert.Equal(ReplyStatus.NeedMoreData, TextReplyReader.TryRead(line.AsSpan(1), out _, out _));
        Assert.Equal(ReplyStatus.Fatal, TextReplyReader.TryRead(line, out _, out _));
    }

    [Fact]
    public void The_end_of_a_value_is_known_from_its_line()
    {
        Assert.Equal(ReplyStatus.NeedMoreData, TextReplyReader.TryRead("VALUE k 0 100\r\nx"u8, out _, out int needed));
        Assert.Equal("VALUE k 0 100\r\n".Length + 102, needed);
    }

    [Fact]
    public void A_value_is_no_word()
    {
        Assert.Equal(ReplyStatus.Done, TextReplyReader.TryRead("VALUE k 0 1\r\nx\r\n"u8, out TextReply reply, out _));
        Assert.False(reply.Is("VALUE k 0 1"u8));
        Assert.Equal(ReplyStatus.Done, TextReplyReader.TryRead("OK\r\n"u8, out reply, out _));
        Assert.True(reply.Is("OK"u8));
        Assert.False(reply.Is("O"u8));
    }
}
