using System.Buffers.Binary;

namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>Reads requests of the memcached binary protocol (memcached protocol_binary.h; proto_bin.c for what is refused).</summary>
public static class BinaryRequestReader
{
    /// <summary>Reads a header; false while it is incomplete.</summary>
    //  Byte/     0       |       1       |       2       |       3       |
    //       +---------------+---------------+---------------+---------------+
    //      0| Magic         | Opcode        | Key length                    |
    //      4| Extras length | Data type     | vbucket id                    |
    //      8| Total body length                                             |
    //     12| Opaque                                                        |
    //     16| CAS                                                           |
    public static bool TryReadHeader(ReadOnlySpan<byte> input, out BinaryRequest request)
    {
        request = default;
        if (input.Length < BinaryRequest.HeaderBytes)
        {
            return false;
        }

        request.Opcode = (BinaryOpcode)input[1];
        request.KeyLength = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
        request.ExtrasLength = input[4];
        request.BodyLength = BinaryPrimitives.ReadUInt32BigEndian(input[8..]);
        request.Opaque = BinaryPrimitives.ReadUInt32BigEndian(input[12..]);
        request.Cas = BinaryPrimitives.ReadUInt64BigEndian(input[16..]);
        return true;
    }

    /// <summary>Sets the spans of a request whose whole body is at hand.</summary>
    public static void ReadBody(ReadOnlySpan<byte> input, ref BinaryRequest request)
    {
        ReadOnlySpan<byte> body = input.Slice(BinaryRequest.HeaderBytes, (int)request.BodyLength);
        request.Extras = body[..request.ExtrasLength];
        request.Key = body.Slice(request.ExtrasLength, request.KeyLength);
        request.Value = body[(request.ExtrasLength + request.KeyLength)..];
    }
}
