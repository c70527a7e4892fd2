using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.UnitTests.Commands.Memcached;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Clients;

/// <summary>What the writers write, the server's side understands, and its answers the readers.</summary>
public sealed class RequestWriterTests
{
    private delegate void Writing(ref SpanWriter writer);

    [Fact]
    public void Resp_requests_are_arrays_of_bulk_strings()
    {
        Assert.Equal("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\n-7\r\n", Written((ref SpanWriter writer) =>
        {
            writer.WriteCommand(3);
            writer.WriteArgument("SET"u8);
            writer.WriteArgument("k"u8);
            writer.WriteArgument(-7);
        }));
        Assert.Equal("*2\r\n$4\r\nECHO\r\n$0\r\n\r\n", ReplyText.Of(RespRequestWriter.Encode("ECHO"u8.ToArray(), [])));
        Assert.Equal("$5\r\nab\0\0\0\r\n$9\r\n", Written((ref SpanWriter writer) =>
        {
            "ab"u8.CopyTo(writer.TakeArgument(5));
            writer.WriteArgumentHead(9);
        }));
    }

    [Fact]
    public void Text_requests_are_lines_with_blocks() => Assert.Equal(
        "get k\r\nincr k 5\r\ntouch k -1\r\ngat 10 k\r\nset k 7 -1 3\r\nabc\r\ncas k 0 0 0 99\r\n\r\nadd k 0 5 2\r\n",
        Written((ref SpanWriter writer) =>
        {
            writer.WriteKeyRequest("get"u8, "k"u8);
            writer.WriteNumberRequest("incr"u8, "k"u8, 5);
            writer.WriteNumberRequest("touch"u8, "k"u8, -1);
            writer.WriteGetAndTouch("gat"u8, 10, "k"u8);
            writer.WriteStorage("set"u8, "k"u8, 7, -1, "abc"u8);
            writer.WriteStorage("cas"u8, "k"u8, 0, 0, default, 99);
            writer.WriteStorageLine("add"u8, "k"u8, 0, 5, 2);
        }));

    [Fact]
    public void Binary_requests_have_a_header_and_extras()
    {
        Assert.Equal("\x80\x01\0\x01\x08\0\0\0\0\0\0\x0b\0\0\0\x09\0\0\0\0\0\0\0\x2a" + "\0\0\0\x07\xff\xff\xff\xffkab",
            Written((ref SpanWriter writer) =>
                writer.WriteStorage(BinaryOpcode.Set, 9, "k"u8, 7, uint.MaxValue, "ab"u8, cas: 42)));
        Assert.Equal("\x80\x05\0\x01\x14\0\0\0\0\0\0\x15\0\0\0\0\0\0\0\0\0\0\0\0"
            + "\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\x01\0\0\0\x0ak",
            Written((ref SpanWriter writer) => writer.WriteArithmetic(BinaryOpcode.Increment, 0, "k"u8, 5, 1, 10)));
        Assert.Equal("\x80\x1c\0\x01\x04\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0ak",
            Written((ref SpanWriter writer) => writer.WriteTouch(BinaryOpcode.Touch, 0, "k"u8, 10)));
        Assert.Equal("\x80\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0",
            Written((ref SpanWriter writer) => writer.WriteRequest(BinaryOpcode.Noop, 1)));
    }

    [Fact]
    public void A_conversation_over_text()
    {
        using var rig = new MemcachedRig(new MemcachedTextProcessor());
        Assert.Equal("STORED k(7,0)=abc END DELETED END",
            ReplyText.MemcachedText(Answers(rig, (ref SpanWriter writer) =>
            {
                writer.WriteStorage("set"u8, "k"u8, 7, 0, "abc"u8);
                writer.WriteKeyRequest("get"u8, "k"u8);
                writer.WriteKeyRequest("delete"u8, "k"u8);
                writer.WriteKeyRequest("get"u8, "k"u8);
            })));
    }

    [Fact]
    public void A_conversation_over_binary()
    {
        using var rig = new MemcachedRig(new MemcachedBinaryProcessor());
        string answers = ReplyText.MemcachedBinary(Answers(rig, (ref SpanWriter writer) =>
        {
            writer.WriteArithmetic(BinaryOpcode.Increment, 1, "n"u8, 5, 100, 0);
            writer.WriteTouch(BinaryOpcode.Touch, 2, "n"u8, 100);
            writer.WriteRequest(BinaryOpcode.GetK, 3, "n"u8);
            writer.WriteRequest(BinaryOpcode.Get, 4, "x"u8);
        }));
        Assert.Matches(
            "^Increment Success 1 [0-9a-f]+ \\|\\|\0{7}d Touch Success 2 .* GetK Success 3 .* \0{4}\\|n\\|100 "
                + "Get KeyNotFound 4 0 \\|\\|Not found$", answers);
    }

    [Fact]
    public void A_conversation_over_RESP()
    {
        using var host = new CommandHost();
        using var peer = new RespPeer(host);
        byte[] request = [.. RespRequestWriter.Encode("SET"u8.ToArray(), "k"u8.ToArray(), "\r\n"u8.ToArray()),
            .. RespRequestWriter.Encode("MGET"u8.ToArray(), "k"u8.ToArray(), "x"u8.ToArray())];
        Assert.Equal("+OK *[$\r\n _]", ReplyText.Resp(new Segments("", Segments.BytesOf(peer.SendRaw(request)), [])));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(250, 1000)]
    public void Room_of_the_told_length_is_enough(int keyBytes, int valueBytes)
    {
        byte[] key = new byte[keyBytes];
        byte[] value = new byte[valueBytes];
        var text = new SpanWriter(new byte[TextRequestWriter.MaxLength(keyBytes, valueBytes)]);
        text.WriteStorage("prepend"u8, key, uint.MaxValue, long.MinValue, value, ulong.MaxValue);
        var binary = new SpanWriter(new byte[BinaryRequestWriter.MaxLength(keyBytes, valueBytes)]);
        binary.WriteStorage(BinaryOpcode.Set, 0, key, 0, 0, value);
        binary = new SpanWriter(new byte[BinaryRequestWriter.MaxLength(keyBytes)]);
        binary.WriteArithmetic(BinaryOpcode.Increment, 0, key, 0, 0, 0);
        var resp = new SpanWriter(new byte[RespRequestWriter.MaxLength(3, keyBytes + valueBytes + 20)]);
        resp.WriteCommand(3);
        resp.WriteArgument(key);
        resp.WriteArgument(value);
        resp.WriteArgument(long.MinValue);
    }

    [Fact]
    public void A_span_that_is_too_short_is_an_error_of_the_program() =>
        Assert.Throws<ArgumentException>(() => new SpanWriter(new byte[3]).WriteNumber(1234));

    private static string Written(Writing writing) => ReplyText.Of(Bytes(writing));

    private static Segments Answers(MemcachedRig rig, Writing writing) => new("", rig.Send(Bytes(writing)), []);

    private static byte[] Bytes(Writing writing)
    {
        var writer = new SpanWriter(new byte[1000]);
        writing(ref writer);
        return writer.Written.ToArray();
    }
}
