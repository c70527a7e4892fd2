using System.Globalization;
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
    // What HGETALL answers before the value of the last field.
    private readonly byte[] _head;

    public RespFieldsProtocol(Dataset data, int fields)
    {
        _data = data;
        _fields = fields;
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"*{2 * fields}\r\n"));
        for (int i = 0; i < fields - 1; i++)
        {
            head.Append(Bulk(Names[i])).Append(Bulk(SmallValue));
        }

        _head = Encoding.ASCII.GetBytes(head.Append(Bulk(LastName)).ToString());
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
        int head = Reply.Is(input, _head);
        if (head <= 0)
            return head;
        var scanner = default(RespReplyScanner);
        ReplyStatus status = scanner.Scan(input[head..], out int length);
        if (status == ReplyStatus.NeedMoreData)
            return Reply.Incomplete;
        var reader = new RespReplyReader(input.Slice(head, length));
        return status == ReplyStatus.Done && reader.Read() && reader.Kind == RespReplyKind.Bulk
            && _data.IsValueOf(reader.Text, key)
            ? head + length
            : Reply.Wrong;
    }

    private static string Bulk(ReadOnlySpan<byte> text) => string.Create(
        CultureInfo.InvariantCulture, $"${text.Length}\r\n{Encoding.ASCII.GetString(text)}\r\n");
}
