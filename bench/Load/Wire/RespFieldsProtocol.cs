using System.Text;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>
/// RESP2, as Spring Session and others keep one: a hash of several fields, read by HGETALL and written by HMSET and
/// EXPIRE, which count as one operation. The last field has most of the bytes.
/// </summary>
internal readonly struct RespFieldsProtocol : IWireProtocol
{
    // Spring's sessions have 4 to 20.
    private static readonly byte[][] Names =
        [.. Enumerable.Range(0, 20).Select(i => Encoding.ASCII.GetBytes($"sessionAttr:attribute{i:00}"))];

    private readonly Dataset _data;
    private readonly int _fields;

    public RespFieldsProtocol(Dataset data, int fields)
    {
        _data = data;
        _fields = fields;
    }

    private static ReadOnlySpan<byte> SmallValue => "java.lang.Long 1795820521367"u8;

    private static ReadOnlySpan<byte> LastName => "sessionAttr:data"u8;

    public ReadOnlySpan<byte> Preamble => default;

    public ReadOnlySpan<byte> PreambleReply => default;

    public int Write(Span<byte> destination, Op op, int key)
    {
        var writer = new SpanWriter(destination);
        switch (op)
        {
            case Op.Get:
                writer.WriteCommand(2);
                writer.WriteArgument("HGETALL"u8);
                writer.WriteArgument(_data.Key(key));
                break;
            case Op.Set:
                writer.WriteCommand(2 + (2 * _fields));
                writer.WriteArgument("HMSET"u8);
                writer.WriteArgument(_data.Key(key));
                for (int i = 0; i < _fields - 1; i++)
                {
                    writer.WriteArgument(Names[i]);
                    writer.WriteArgument(SmallValue);
                }

                writer.WriteArgument(LastName);
                _data.WriteNextValue(writer.TakeArgument(_data.ValueBytes), key);
                writer.WriteCommand(3);
                writer.WriteArgument("EXPIRE"u8);
                writer.WriteArgument(_data.Key(key));
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
            return Reply.Is(input, "+OK\r\n:1\r\n"u8);
        var scanner = default(RespReplyScanner);
        ReplyStatus status = scanner.Scan(input, out int length);
        if (status == ReplyStatus.NeedMoreData)
            return Reply.Incomplete;
        return status == ReplyStatus.Done && AreFieldsOf(new RespReplyReader(input[..length]), key)
            ? length
            : Reply.Wrong;
    }

    // Each field once, in any order: a table of redis, which it keeps for a value beyond 64 bytes, has none.
    private bool AreFieldsOf(RespReplyReader reader, int key)
    {
        if (!reader.Read() || reader.Kind != RespReplyKind.Array || reader.Count != 2 * _fields)
            return false;
        int missing = (1 << _fields) - 1;
        for (int i = 0; i < _fields; i++)
        {
            if (!reader.Read() || reader.Kind != RespReplyKind.Bulk)
                return false;
            int field = FieldOf(reader.Text, i);
            missing &= ~(1 << field);
            if (!reader.Read() || reader.Kind != RespReplyKind.Bulk)
                return false;
            bool isRight = field == _fields - 1
                ? _data.IsValueOf(reader.Text, key)
                : reader.Text.SequenceEqual(SmallValue);
            if (!isRight)
                return false;
        }

        return missing == 0;
    }

    // The number of a field by its name; the place where it stands is tried first. An unknown name counts
    // as the first, so that one is missing in the end.
    private int FieldOf(ReadOnlySpan<byte> name, int place)
    {
        if (IsField(name, place))
            return place;
        for (int i = 0; i < _fields; i++)
        {
            if (IsField(name, i))
                return i;
        }

        return 0;
    }

    private bool IsField(ReadOnlySpan<byte> name, int field) =>
        name.SequenceEqual(field == _fields - 1 ? LastName : Names[field]);
}
