using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>memcached's text protocol.</summary>
internal readonly struct TextProtocol(Dataset data) : IWireProtocol
{
    public ReadOnlySpan<byte> Preamble => [];

    public ReadOnlySpan<byte> PreambleReply => [];

    public int Write(Span<byte> destination, Op op, int key)
    {
        var writer = new SpanWriter(destination);
        switch (op)
        {
            case Op.Get:
                writer.WriteKeyRequest("get"u8, data.Key(key));
                break;
            case Op.Set:
                data.WriteNextValue(
                    writer.TakeStorage("set"u8, data.Key(key), 0, Dataset.TtlSeconds, data.ValueBytes), key);
                break;
            case Op.Lock:
                writer.WriteStorage("add"u8, data.LockKey(key), 0, Dataset.LockMilliseconds / 1000, "1"u8);
                break;
            case Op.Unlock:
                writer.WriteKeyRequest("delete"u8, data.LockKey(key));
                break;
            default:
                writer.Write("quit\r\n"u8);
                break;
        }

        return writer.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        switch (TextReplyReader.TryRead(input, out TextReply reply, out int length))
        {
            case ReplyStatus.NeedMoreData:
                return Reply.Incomplete;
            case ReplyStatus.Done when op == Op.Get:
                return reply.IsValue && reply.Key.SequenceEqual(data.Key(key)) && reply.Flags == 0
                    && data.IsValueOf(reply.Value, key)
                    ? CheckEnd(input, length)
                    : Reply.Wrong;
            case ReplyStatus.Done:
                return reply.Is(op == Op.Unlock ? "DELETED"u8 : "STORED"u8) ? length : Reply.Wrong;
            default:
                return Reply.Wrong;
        }
    }

    private static int CheckEnd(ReadOnlySpan<byte> input, int valueLength)
    {
        int end = Reply.Is(input[valueLength..], "END\r\n"u8);
        return end > 0 ? valueLength + end : end;
    }
}
