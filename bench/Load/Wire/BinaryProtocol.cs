using System.Buffers.Binary;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>memcached's binary protocol; the opaque field carries the key's index and must come back.</summary>
internal readonly struct BinaryProtocol(Dataset data) : IWireProtocol
{
    private const int HeaderBytes = 24;
    private const int FlagsBytes = 4;
    private const byte Request = 0x80;
    private const byte Response = 0x81;

    public ReadOnlySpan<byte> Preamble => [];

    public ReadOnlySpan<byte> PreambleReply => [];

    public int Write(Span<byte> destination, Op op, int key)
    {
        ReadOnlySpan<byte> name = op switch
        {
            Op.Get or Op.Set => data.Key(key),
            Op.Lock or Op.Unlock => data.LockKey(key),
            _ => [],
        };
        int valueBytes = op switch { Op.Set => data.ValueBytes, Op.Lock => 1, _ => 0 };
        int extras = op is Op.Set or Op.Lock ? 8 : 0;
        int body = extras + name.Length + valueBytes;

        Span<byte> header = destination[..HeaderBytes];
        header.Clear();
        header[0] = Request;
        header[1] = Opcode(op);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)name.Length);
        header[4] = (byte)extras;
        BinaryPrimitives.WriteInt32BigEndian(header[8..], body);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], key);

        if (extras > 0)
        {
            destination.Slice(HeaderBytes, 4).Clear(); // flags
            int ttl = op == Op.Set ? Dataset.TtlSeconds : Dataset.LockMilliseconds / 1000;
            BinaryPrimitives.WriteInt32BigEndian(destination[(HeaderBytes + 4)..], ttl);
        }

        name.CopyTo(destination[(HeaderBytes + extras)..]);
        Span<byte> value = destination.Slice(HeaderBytes + extras + name.Length, valueBytes);
        if (op == Op.Set)
            data.WriteNextValue(value, key);
        else if (op == Op.Lock)
            value[0] = (byte)'1';
        return HeaderBytes + body;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        if (input.Length < HeaderBytes)
            return Reply.Incomplete;
        int extras = op == Op.Get ? FlagsBytes : 0;
        int body = op == Op.Get ? FlagsBytes + data.ValueBytes : 0;
        bool right = input[0] == Response
            && input[1] == Opcode(op)
            && BinaryPrimitives.ReadUInt16BigEndian(input[2..]) == 0 // no key
            && input[4] == extras
            && BinaryPrimitives.ReadUInt16BigEndian(input[6..]) == 0 // status: no error
            && BinaryPrimitives.ReadInt32BigEndian(input[8..]) == body
            && BinaryPrimitives.ReadInt32BigEndian(input[12..]) == key;
        if (!right)
            return Reply.Wrong;
        if (op != Op.Get)
            return HeaderBytes;
        if (input.Length < HeaderBytes + FlagsBytes)
            return Reply.Incomplete;
        return BinaryPrimitives.ReadInt32BigEndian(input[HeaderBytes..]) == 0
            ? Reply.IsValue(input, HeaderBytes + FlagsBytes, [], key, data)
            : Reply.Wrong;
    }

    private static byte Opcode(Op op) => op switch
    {
        Op.Get => 0x00,
        Op.Set => 0x01,
        Op.Lock => 0x02, // add
        Op.Unlock => 0x04, // delete
        _ => 0x07, // quit
    };
}
