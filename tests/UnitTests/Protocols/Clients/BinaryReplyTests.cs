using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Clients;

public sealed class BinaryReplyTests
{
    [Theory]
    [Wire("\x81\x01\0\0\0\0\0\0\0\0\0\0\xde\xad\xbe\xef\0\0\0\0\0\0\0\x2a", "Set Success deadbeef 2a ||")]
    [Wire("\x81\0\0\0\0\0\0\x01\0\0\0\x09\0\0\0\x05\0\0\0\0\0\0\0\0Not found", "Get KeyNotFound 5 0 ||Not found")]
    [Wire("\x81\x0c\0\x01\x04\0\0\0\0\0\0\x0a\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\x07kvalue"
        + "\x81\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0",
        "GetK Success 0 100 \0\0\0\x07|k|value Noop Success 1 0 ||")]
    [Wire("\x81\0\0\0\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0\0x", "…")]
    public void Replies_are_read_in_every_cut(Segments wire, string expected) =>
        Assert.Equal(expected, ReplyText.MemcachedBinary(wire));

    [Theory]
    [Wire("\x80")]
    [Wire("+OK\r\n")]
    [Wire("\x81\0\0\x02\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0x")]
    [Wire("\x81\0\0\x01\x04\0\0\0\0\0\0\x04\0\0\0\0\0\0\0\0\0\0\0\0x")]
    [Wire("\x81\0\0\0\0\0\0\0\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void What_is_no_reply_is_fatal_in_every_cut(Segments wire) =>
        Assert.Equal("!", ReplyText.MemcachedBinary(wire));

    [Fact]
    public void The_end_of_a_body_is_known_from_its_header()
    {
        var header = new BinaryHeader { Magic = BinaryHeader.ResponseMagic, BodyLength = 1000 };
        byte[] bytes = new byte[BinaryHeader.Bytes];
        header.Write(bytes);
        Assert.Equal(ReplyStatus.NeedMoreData, BinaryReplyReader.TryRead(bytes, out _, out int needed));
        Assert.Equal(BinaryHeader.Bytes + 1000, needed);
        Assert.Equal(header, BinaryHeader.Read(bytes));
    }
}
