using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>memcached's binary protocol; the opaque field carries the key's index and must come back.</summary>
internal readonly struct BinaryProtocol(Dataset data) : IWireProtocol
{
    public ReadOnlySpan<byte> Preamble => [];

    public ReadOnlySpan<byte> PreambleReply => [];

    public int Write(Span<byte> destination, Op op, int key)
    {
        var writer = new SpanWriter(destination);
        uint opaque = (uint)key;
        switch (op)
        {
            case Op.Get:
                writer.WriteRequest(BinaryOpcode.Get, opaque, data.Key(key));
                break;
            case Op.Set:
                data.WriteNextValue(
                    writer.TakeStorage(
                        BinaryOpcode.Set, opaque, data.Key(key), 0, Dataset.TtlSeconds, data.ValueBytes),
                    key);
                break;
            case Op.Lock:
                const uint lockSeconds = Dataset.LockMilliseconds / 1000;
                writer.WriteStorage(BinaryOpcode.Add, opaque, data.LockKey(key), 0, lockSeconds, "1"u8);
                break;
            case Op.Unlock:
                writer.WriteRequest(BinaryOpcode.Delete, opaque, data.LockKey(key));
                break;
            default:
                writer.WriteRequest(BinaryOpcode.Quit, opaque);
                break;
        }

        return writer.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        switch (BinaryReplyReader.TryRead(input, out BinaryReply reply, out int length))
        {
            case ReplyStatus.NeedMoreData:
                return Reply.Incomplete;
            case ReplyStatus.Done when reply.Status == BinaryStatus.Success && reply.Header.Opaque == (uint)key
                && reply.Header.Opcode == Opcode(op) && reply.Key.IsEmpty:
                bool isRight = op == Op.Get
                    ? reply.Extras.SequenceEqual("\0\0\0\0"u8) && data.IsValueOf(reply.Value, key)
                    : reply.Header.BodyLength == 0;
                return isRight ? length : Reply.Wrong;
            default:
                return Reply.Wrong;
        }
    }

    private static BinaryOpcode Opcode(Op op) => op switch
    {
        Op.Get => BinaryOpcode.Get,
        Op.Set => BinaryOpcode.Set,
        Op.Lock => BinaryOpcode.Add,
        Op.Unlock => BinaryOpcode.Delete,
        _ => BinaryOpcode.Quit,
    };
}
