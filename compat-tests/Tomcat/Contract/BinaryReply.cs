using System.Buffers.Binary;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>A reply of the memcached binary protocol.</summary>
internal sealed record BinaryReply(
    byte Opcode, int KeyLength, byte[] Extras, ushort Status, uint Opaque, ulong Cas, byte[] Value)
{
    /// <summary>Reads the next reply of a connection.</summary>
    public static BinaryReply Read(RawConnection connection)
    {
        byte[] header = connection.ReadExactly(BinaryFrame.Header);
        if (header[0] != 0x81)
            throw new InvalidOperationException($"reply magic {header[0]:x2}");
        int keyLength = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2));
        byte[] body = connection.ReadExactly(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8)));
        return new BinaryReply(header[1], keyLength, body[..header[4]],
            BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(6)),
            BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12)),
            BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(16)),
            body[(header[4] + keyLength)..]);
    }
}
