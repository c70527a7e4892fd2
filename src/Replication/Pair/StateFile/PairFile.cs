using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace SessionGateway.Replication.Pair.StateFile;

/// <summary>
/// A record in 4096 bytes, the block that disks write whole: magic (8), version (4), number of the writing (8), role
/// (1), members (1), epoch (8), end of the second history (8), position (8), four texts behind a length byte each,
/// zeros, and the CRC-32 of all before it (4). Numbers are little-endian.
/// </summary>
public static class PairFile
{
    /// <summary>Bytes of a file.</summary>
    public const int Bytes = 4096;

    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    private const int VersionAt = 8;
    private const int NumberAt = 12;
    private const int RoleAt = 20;
    private const int MembersAt = 21;
    private const int EpochAt = 22;
    private const int SecondEndAt = 30;
    private const int PositionAt = 38;
    private const int TextsAt = 46;
    private const int SumAt = Bytes - 4;

    private static ReadOnlySpan<byte> Magic => "SGPAIR\r\n"u8;

    /// <summary>A record's bytes.</summary>
    /// <param name="record">The record; none of its texts has more than 255 bytes.</param>
    /// <param name="number">Number of the writing: the highest one is the newest.</param>
    public static byte[] Encode(PairRecord record, long number)
    {
        byte[] bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumberAt), number);
        bytes[RoleAt] = (byte)record.Role;
        bytes[MembersAt] = record.IsPaired ? (byte)2 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(EpochAt), record.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(SecondEndAt), record.SecondEnd);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(PositionAt), record.Position);
        Span<byte> rest = bytes.AsSpan(TextsAt);
        foreach (string text in new[] { record.Self, record.Peer, record.ReplicationId, record.SecondId })
        {
            int length = Encoding.UTF8.GetBytes(text, rest[1..]);
            rest[0] = checked((byte)length);
            rest = rest[(1 + length)..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(SumAt), Crc32.HashToUInt32(bytes.AsSpan(0, SumAt)));
        return bytes;
    }

    /// <summary>Reads a record. A version that is not known is told as such also when its checksum stands
    /// elsewhere.</summary>
    public static PairFileStatus TryDecode(ReadOnlySpan<byte> bytes, out PairRecord? record, out long number)
    {
        record = null;
        number = 0;
        if (bytes.Length < TextsAt || !bytes.StartsWith(Magic))
        {
            return PairFileStatus.Damaged;
        }

        bool isSummed = bytes.Length == Bytes && BinaryPrimitives.ReadUInt32LittleEndian(bytes[SumAt..])
            == Crc32.HashToUInt32(bytes[..SumAt]);
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[VersionAt..]) is var version && version != Version)
        {
            return version > Version ? PairFileStatus.Newer : PairFileStatus.Damaged;
        }

        if (!isSummed || bytes[RoleAt] > (byte)PairRole.Fenced || bytes[MembersAt] is not (1 or 2))
        {
            return PairFileStatus.Damaged;
        }

        string[] texts = new string[4];
        ReadOnlySpan<byte> rest = bytes[TextsAt..SumAt];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(rest.Slice(1, rest[0]));
            rest = rest[(1 + rest[0])..];
        }

        number = BinaryPrimitives.ReadInt64LittleEndian(bytes[NumberAt..]);
        record = new PairRecord((PairRole)bytes[RoleAt], bytes[MembersAt] == 2,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[EpochAt..]), texts[0], texts[1], texts[2], texts[3],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[SecondEndAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[PositionAt..]));
        return PairFileStatus.Whole;
    }
}
