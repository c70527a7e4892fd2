using System.Buffers.Binary;
using SessionGateway.Durability.Checksums;

namespace SessionGateway.Durability.Format;

/// <summary>
/// First bytes of a segment, little-endian: magic 8, version 2, flags 2, length of the header 4, lineage 16, epoch 8,
/// sequence 8, start sequence 8, previous position 8, base time 8, highest cas 8, zeros 4, CRC-32C of all before 4.
/// </summary>
/// <param name="Lineage">Names the history that the log tells; random, given once.</param>
/// <param name="Epoch">Rises with every start that did not follow an orderly stop: positions behind what was recovered
/// may have been given before.</param>
/// <param name="Sequence">Number of the segment, from 1, one more than that of the segment before.</param>
/// <param name="StartSequence">Recovery begins with this segment; older ones are needless.</param>
/// <param name="PreviousPosition">Position of the mutation before the first one of the segment; records tell theirs
/// relative to it.</param>
/// <param name="BaseTime">Unix milliseconds; records tell times relative to it.</param>
/// <param name="HighestCas">No cas unique before the segment is above.</param>
/// <param name="Flags">What the segment is.</param>
public readonly record struct SegmentHeader(
    Guid Lineage, long Epoch, long Sequence, long StartSequence, long PreviousPosition, long BaseTime,
    ulong HighestCas, SegmentFlags Flags)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 88;

    /// <summary>The latest version of the format that is read. Encrypted segments are written as 2, others as 1, which
    /// versions of the gateway read that know no encryption.</summary>
    public const int Version = 2;

    private const ushort PlainVersion = 1;

    // A text transfer that changes line ends, or a terminal, shows itself in it, as PNG's does.
    private static ReadOnlySpan<byte> Magic => "SGLOG\r\n\u001a"u8;

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16LittleEndian(
            target[8..], (Flags & SegmentFlags.Sealed) != 0 ? (ushort)Version : PlainVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], (ushort)Flags);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Bytes);
        Lineage.TryWriteBytes(target[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(target[40..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], StartSequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], PreviousPosition);
        BinaryPrimitives.WriteInt64LittleEndian(target[64..], BaseTime);
        BinaryPrimitives.WriteUInt64LittleEndian(target[72..], HighestCas);
        BinaryPrimitives.WriteUInt32LittleEndian(target[84..], Crc32C.Of(target[..84]));
    }

    /// <summary>Reads it.</summary>
    public static HeaderStatus Read(ReadOnlySpan<byte> bytes, out SegmentHeader header)
    {
        header = default;
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic))
        {
            return HeaderStatus.Damaged;
        }

        // The place of the checksum is the same in later versions of this length; of others only the number counts.
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) > Version)
        {
            return HeaderStatus.Newer;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[84..]) != Crc32C.Of(bytes[..84])
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != Bytes)
        {
            return HeaderStatus.Damaged;
        }

        header = new SegmentHeader(
            new Guid(bytes.Slice(16, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[64..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[72..]),
            (SegmentFlags)BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]));
        return HeaderStatus.Read;
    }
}
