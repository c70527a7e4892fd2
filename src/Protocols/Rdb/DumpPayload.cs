using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// What DUMP answers and RESTORE takes: a type, a value, the version (2 bytes, the lowest first) and the checksum
/// of all before it (8) (redis cluster.c, createDumpPayload).
/// </summary>
public static class DumpPayload
{
    /// <summary>Bytes behind the value.</summary>
    public const int FootBytes = VersionBytes + ChecksumBytes;

    /// <summary>Bytes of the checksum.</summary>
    public const int ChecksumBytes = sizeof(ulong);

    private const int VersionBytes = sizeof(ushort);

    /// <summary>The version that a payload is of; false when it is too short, or of one that is not read.</summary>
    public static bool TryVersion(ReadOnlySpan<byte> payload, out int version)
    {
        version = 0;
        if (payload.Length < FootBytes)
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt16LittleEndian(payload[^FootBytes..]);
        return RdbVersion.IsRead(version);
    }

    /// <summary>The checksum at the end.</summary>
    public static ulong ChecksumOf(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt64LittleEndian(payload[^ChecksumBytes..]);

    /// <summary>Writes what stands behind a value.</summary>
    /// <param name="foot"><see cref="FootBytes"/>.</param>
    /// <param name="version">The version.</param>
    /// <param name="crc">Checksum of type and value.</param>
    public static void WriteFoot(Span<byte> foot, int version, ulong crc)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(foot, (ushort)version);
        crc = Crc64.Append(crc, foot[..VersionBytes]);
        BinaryPrimitives.WriteUInt64LittleEndian(foot[VersionBytes..], crc);
    }
}
