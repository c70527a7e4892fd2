using System.Text;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>RESP2, with the commands of phpredis' session handler.</summary>
internal readonly struct RespProtocol(Dataset data) : IWireProtocol
{
    // phpredis frees a lock by this script, so that nobody frees another's; EVALSHA names it by its SHA1.
    private const string Script =
        "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end";

    private static readonly byte[] LoadScript =
        RespRequestWriter.Encode("SCRIPT"u8.ToArray(), "LOAD"u8.ToArray(), Encoding.ASCII.GetBytes(Script));

    private static ReadOnlySpan<byte> ScriptHash => "b70c2384248f88e6b75b9f89241a180f856ad852"u8;

    private static ReadOnlySpan<byte> Owner => "webserver|4711"u8;

    public ReadOnlySpan<byte> Preamble => LoadScript;

    public ReadOnlySpan<byte> PreambleReply => "$40\r\nb70c2384248f88e6b75b9f89241a180f856ad852\r\n"u8;

    public int Write(Span<byte> destination, Op op, int key)
    {
        var writer = new SpanWriter(destination);
        switch (op)
        {
            case Op.Get:
                writer.WriteCommand(2);
                writer.WriteArgument("GET"u8);
                writer.WriteArgument(data.Key(key));
                break;
            case Op.Set:
                writer.WriteCommand(4);
                writer.WriteArgument("SETEX"u8);
                writer.WriteArgument(data.Key(key));
                writer.WriteArgument(Dataset.TtlSeconds);
                data.WriteNextValue(writer.TakeArgument(data.ValueBytes), key);
                break;
            case Op.Lock:
                writer.WriteCommand(6);
                writer.WriteArgument("SET"u8);
                writer.WriteArgument(data.LockKey(key));
                writer.WriteArgument(Owner);
                writer.WriteArgument("NX"u8);
                writer.WriteArgument("PX"u8);
                writer.WriteArgument(Dataset.LockMilliseconds);
                break;
            case Op.Unlock:
                writer.WriteCommand(5);
                writer.WriteArgument("EVALSHA"u8);
                writer.WriteArgument(ScriptHash);
                writer.WriteArgument(1);
                writer.WriteArgument(data.LockKey(key));
                writer.WriteArgument(Owner);
                break;
            default:
                break; // phpredis closes the connection without a word
        }

        return writer.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        if (op != Op.Get)
            return Reply.Is(input, op == Op.Unlock ? ":1\r\n"u8 : "+OK\r\n"u8);
        var scanner = default(RespReplyScanner);
        ReplyStatus status = scanner.Scan(input, out int length);
        if (status == ReplyStatus.NeedMoreData)
            return Reply.Incomplete;
        var reader = new RespReplyReader(input[..length]);
        return status == ReplyStatus.Done && reader.Read() && reader.Kind == RespReplyKind.Bulk
            && data.IsValueOf(reader.Text, key)
            ? length
            : Reply.Wrong;
    }
}
