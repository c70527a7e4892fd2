using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>
/// RESP2, with the commands of Microsoft.Extensions.Caching.StackExchangeRedis: an entry is a hash of three fields,
/// read by HMGET and written by HSET and EXPIRE, which count as one operation.
/// </summary>
internal readonly struct RespHashProtocol(Dataset data) : IWireProtocol
{
    private static ReadOnlySpan<byte> AbsoluteExpiration => "absexp"u8;

    private static ReadOnlySpan<byte> SlidingExpiration => "sldexp"u8;

    private static ReadOnlySpan<byte> Data => "data"u8;

    // No absolute expiration, and 20 minutes in ticks.
    private static ReadOnlySpan<byte> NotPresent => "-1"u8;

    private static ReadOnlySpan<byte> TwentyMinutes => "12000000000"u8;

    public ReadOnlySpan<byte> Preamble => default;

    public ReadOnlySpan<byte> PreambleReply => default;

    public int Write(Span<byte> destination, Op op, int key)
    {
        var writer = new SpanWriter(destination);
        switch (op)
        {
            case Op.Get:
                writer.WriteCommand(5);
                writer.WriteArgument("HMGET"u8);
                writer.WriteArgument(data.Key(key));
                writer.WriteArgument(AbsoluteExpiration);
                writer.WriteArgument(SlidingExpiration);
                writer.WriteArgument(Data);
                break;
            case Op.Set:
                writer.WriteCommand(8);
                writer.WriteArgument("HSET"u8);
                writer.WriteArgument(data.Key(key));
                writer.WriteArgument(AbsoluteExpiration);
                writer.WriteArgument(NotPresent);
                writer.WriteArgument(SlidingExpiration);
                writer.WriteArgument(TwentyMinutes);
                writer.WriteArgument(Data);
                data.WriteNextValue(writer.TakeArgument(data.ValueBytes), key);
                writer.WriteCommand(3);
                writer.WriteArgument("EXPIRE"u8);
                writer.WriteArgument(data.Key(key));
                writer.WriteArgument(Dataset.TtlSeconds);
                break;
            default:
                break;
        }

        return writer.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        if (op != Op.Get)
        {
            // The first write of a key makes three fields.
            int known = Reply.Is(input, ":0\r\n:1\r\n"u8);
            return known != Reply.Wrong ? known : Reply.Is(input, ":3\r\n:1\r\n"u8);
        }

        int head = Reply.Is(input, "*3\r\n$2\r\n-1\r\n$11\r\n12000000000\r\n"u8);
        if (head <= 0)
            return head;
        var scanner = default(RespReplyScanner);
        ReplyStatus status = scanner.Scan(input[head..], out int length);
        if (status == ReplyStatus.NeedMoreData)
            return Reply.Incomplete;
        var reader = new RespReplyReader(input.Slice(head, length));
        return status == ReplyStatus.Done && reader.Read() && reader.Kind == RespReplyKind.Bulk
            && data.IsValueOf(reader.Text, key)
            ? head + length
            : Reply.Wrong;
    }
}
