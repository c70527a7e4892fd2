using System.Buffers.Text;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>memcached's text protocol.</summary>
internal sealed class TextSessionWire : SessionWire
{
    public override string Name => "text";

    public override Family Family => Family.Memcached;

    public override ReadOnlySpan<byte> CountRequest => "stats\r\n"u8;

    public override ReadOnlySpan<byte> FlushRequest => "flush_all\r\n"u8;

    public override ReadOnlySpan<byte> FlushReply => "OK\r\n"u8;

    public override int WriteSet(Span<byte> destination, SessionSet sessions, int session, Expiry expiry)
    {
        var writer = new SpanWriter(destination);
        sessions.CopyValue(
            writer.TakeStorage("set"u8, sessions.Key(session), 0, expiry.Exptime, sessions.LengthOf(session)), session);
        return writer.Length;
    }

    public override int WriteGet(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        var writer = new SpanWriter(destination);
        writer.WriteKeyRequest("get"u8, key);
        return writer.Length;
    }

    public override Answer ReadSet(ReadOnlySpan<byte> input, out int length)
    {
        if (!TryRead(input, out TextReply reply, out length))
            return Answer.Incomplete;
        if (reply.Is("STORED"u8))
            return Answer.Stored;
        return reply.Line.StartsWith("SERVER_ERROR out of memory"u8) ? Answer.Refused : throw Unexpected(input);
    }

    public override Answer ReadGet(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> key, out int length, out Range value)
    {
        value = default;
        if (!TryRead(input, out TextReply reply, out length))
            return Answer.Incomplete;
        if (reply.Is("END"u8))
            return Answer.Absent;
        if (!reply.IsValue || !reply.Key.SequenceEqual(key) || reply.Flags != 0)
            throw Unexpected(input);
        int end = length - 2;
        value = (end - reply.Value.Length)..end;
        if (!TryRead(input[length..], out TextReply last, out int lastLength))
            return Answer.Incomplete;
        length += lastLength;
        return last.Is("END"u8) ? Answer.Found : throw Unexpected(input[end..]);
    }

    // STAT <name> <value>\r\n … END\r\n
    public override long ReadCount(ReadOnlySpan<byte> input, out int length)
    {
        length = input.Length;
        if (!input.EndsWith("\r\nEND\r\n"u8))
            return -1;
        ReadOnlySpan<byte> name = "STAT curr_items "u8;
        int at = input.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(input[(at + name.Length)..], out long items, out _)
            ? items
            : throw Unexpected(input);
    }

    private static bool TryRead(ReadOnlySpan<byte> input, out TextReply reply, out int length) =>
        TextReplyReader.TryRead(input, out reply, out length) switch
        {
            ReplyStatus.Done => true,
            ReplyStatus.NeedMoreData => false,
            _ => throw Unexpected(input),
        };
}
