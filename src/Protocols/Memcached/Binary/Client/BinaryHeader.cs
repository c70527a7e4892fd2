using System.Buffers.Binary;

namespace SessionGateway.Protocols.Memcached.Binary.Client;

/// <summary>The header of a request or a response, field by field (memcached protocol_binary.h); numbers in host
/// order.</summary>
//  Byte/     0       |       1       |       2       |       3       |
//       +---------------+---------------+---------------+---------------+
//      0| Magic         | Opcode        | Key length                    |
//      4| Extras length | Data type     | vbucket id, or status         |
//      8| Total body length                                             |
//     12| Opaque                                                        |
//     16| CAS                                                           |
public readonly record struct BinaryHeader
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 24;

    /// <summary>First byte of a request.</summary>
    public const byte RequestMagic = 0x80;

    /// <summary>First byte of a response.</summary>
    public const byte ResponseMagic = 0x81;

    /// <summary>Request or response.</summary>
    public byte Magic { get; init; }

    /// <summary>What to do, or what was done.</summary>
    public BinaryOpcode Opcode { get; init; }

    /// <summary>Bytes of the key.</summary>
    public ushort KeyLength { get; init; }

    /// <summary>Bytes of the extras.</summary>
    public byte ExtrasLength { get; init; }

    /// <summary>Always 0.</summary>
    public byte DataType { get; init; }

    /// <summary>Status of a response, vbucket of a request.</summary>
    public ushort Status { get; init; }

    /// <summary>Bytes of extras, key and value together.</summary>
    public uint BodyLength { get; init; }

    /// <summary>Comes back as it was sent.</summary>
    public uint Opaque { get; init; }

    /// <summary>cas unique.</summary>
    public ulong Cas { get; init; }

    /// <summary>Reads it from at least <see cref="Bytes"/> bytes.</summary>
    public static BinaryHeader Read(ReadOnlySpan<byte> source) => new()
    {
        Magic = source[0],
        Opcode = (BinaryOpcode)source[1],
        KeyLength = BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
        ExtrasLength = source[4],
        DataType = source[5],
        Status = BinaryPrimitives.ReadUInt16BigEndian(source[6..]),
        BodyLength = BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
        Opaque = BinaryPrimitives.ReadUInt32BigEndian(source[12..]),
        Cas = BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
    };

    /// <summary>Writes it to at least <see cref="Bytes"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = Magic;
        destination[1] = (byte)Opcode;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], KeyLength);
        destination[4] = ExtrasLength;
        destination[5] = DataType;
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Status);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], BodyLength);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Opaque);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], Cas);
    }
}
