using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>RESP2.</summary>
internal sealed class RespSessionWire : SessionWire
{
    public override string Name => "RESP";

    public override Family Family => Family.Resp;

    public override ReadOnlySpan<byte> CountRequest => "*1\r\n$6\r\nDBSIZE\r\n"u8;

    public override ReadOnlySpan<byte> FlushRequest => "*1\r\n$8\r\nFLUSHALL\r\n"u8;

    public override ReadOnlySpan<byte> FlushReply => "+OK\r\n"u8;

    // PSETEX rather than SET … PXAT: older servers know it too.
    public override int WriteSet(Span<byte> destination, SessionSet sessions, int session, Expiry expiry)
    {
        var writer = new SpanWriter(destination);
        writer.WriteCommand(4);
        writer.WriteArgument("PSETEX"u8);
        writer.WriteArgument(sessions.Key(session));
        writer.WriteArgument(expiry.Milliseconds);
        sessions.CopyValue(writer.TakeArgument(sessions.LengthOf(session)), session);
        return writer.Length;
    }

    public override int WriteGet(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        var writer = new SpanWriter(destination);
        writer.WriteCommand(2);
        writer.WriteArgument("GET"u8);
        writer.WriteArgument(key);
        return writer.Length;
    }

    public override Answer ReadSet(ReadOnlySpan<byte> input, out int length)
    {
        if (!TryRead(input, out RespReplyReader reply, out length))
            return Answer.Incomplete;
        if (reply.Kind == RespReplyKind.Simple && reply.Text.SequenceEqual("OK"u8))
            return Answer.Stored;
        // "-OOM command not allowed when used memory > 'maxmemory'.\r\n"
        return reply.IsError && reply.Text.StartsWith("OOM "u8) ? Answer.Refused : throw Unexpected(input);
    }

    public override Answer ReadGet(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> key, out int length, out Range value)
    {
        value = default;
        if (!TryRead(input, out RespReplyReader reply, out length))
            return Answer.Incomplete;
        if (reply.Kind == RespReplyKind.Null)
            return Answer.Absent;
        if (reply.Kind != RespReplyKind.Bulk)
            throw Unexpected(input);
        int end = length - 2;
        value = (end - reply.Text.Length)..end;
        return Answer.Found;
    }

    public override long ReadCount(ReadOnlySpan<byte> input, out int length)
    {
        if (!TryRead(input, out RespReplyReader reply, out length))
            return -1;
        return reply.Kind == RespReplyKind.Integer ? reply.Integer : throw Unexpected(input);
    }

    private static bool TryRead(ReadOnlySpan<byte> input, out RespReplyReader reply, out int length)
    {
        reply = default;
        var scanner = default(RespReplyScanner);
        switch (scanner.Scan(input, out length))
        {
            case ReplyStatus.Done:
                reply = new RespReplyReader(input[..length]);
                return reply.Read();
            case ReplyStatus.NeedMoreData:
                return false;
            default:
                throw Unexpected(input);
        }
    }
}
