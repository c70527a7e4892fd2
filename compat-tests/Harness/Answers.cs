using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Replies of the three protocols, read from a connection.</summary>
public static class Answers
{
    /// <summary>The next reply of a RESP server, at its first value.</summary>
    public static RespReplyReader ReadResp(this RawConnection connection)
    {
        var scanner = default(RespReplyScanner);
        var reader = new RespReplyReader(connection.ReadReply(
            (ReadOnlySpan<byte> received, out int length) => scanner.Scan(received, out length)));
        reader.Read();
        return reader;
    }

    /// <summary>The next line of a memcached server, with its data block.</summary>
    public static TextReply ReadText(this RawConnection connection)
    {
        byte[] bytes = connection.ReadReply((ReadOnlySpan<byte> received, out int length) =>
            TextReplyReader.TryRead(received, out _, out length));
        TextReplyReader.TryRead(bytes, out TextReply reply, out _);
        return reply;
    }

    /// <summary>The next reply of a memcached server that speaks binary.</summary>
    public static BinaryReply ReadBinary(this RawConnection connection)
    {
        byte[] bytes = connection.ReadReply((ReadOnlySpan<byte> received, out int length) =>
            BinaryReplyReader.TryRead(received, out _, out length));
        BinaryReplyReader.TryRead(bytes, out BinaryReply reply, out _);
        return reply;
    }
}
