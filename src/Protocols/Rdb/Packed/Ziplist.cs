using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>
/// Bytes of the whole (4, the lowest first), place of the last entry (4), number of entries (2; ffff: not known),
/// entries, ff. An entry is the length of the one before (1, or fe and 4), its form, its bytes (redis ziplist.c).
/// </summary>
internal static class Ziplist
{
    private const int HeadBytes = 10;
    private const byte End = 0xFF;
    private const byte LongBefore = 0xFE;

    /// <inheritdoc cref="Listpack.Open"/>
    public static int Open(ReadOnlySpan<byte> block, out int announced)
    {
        announced = -1;
        if (block.Length <= HeadBytes || block[^1] != End
            || BinaryPrimitives.ReadUInt32LittleEndian(block) != (uint)block.Length)
        {
            return -1;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(block[(2 * sizeof(uint))..]);
        announced = count == Listpack.Uncounted ? -1 : count;
        return HeadBytes;
    }

    /// <inheritdoc cref="Listpack.Read"/>
    public static int Read(ReadOnlySpan<byte> bytes, out PackedEntry entry)
    {
        entry = default;
        int before = bytes.IsEmpty ? 0 : bytes[0] < LongBefore ? 1 : bytes[0] == LongBefore ? 5 : 0;
        if (before == 0 || before >= bytes.Length)
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = bytes[before..];
        int size = rest[0] < 0xC0 ? ReadText(rest, out entry) : ReadNumber(rest, out entry);
        return size == 0 ? 0 : before + size;
    }

    // 00xxxxxx; 01xxxxxx and a byte; 80 and four bytes, the highest first.
    private static int ReadText(ReadOnlySpan<byte> bytes, out PackedEntry entry)
    {
        entry = default;
        byte form = bytes[0];
        int head = form < 0x40 ? 1 : form < 0x80 ? 2 : form == 0x80 ? 5 : 0;
        if (head == 0 || bytes.Length < head)
        {
            return 0;
        }

        uint length = head switch
        {
            1 => form,
            2 => (uint)(((form & 0x3F) << 8) | bytes[1]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
        };
        if (length > (uint)(bytes.Length - head))
        {
            return 0;
        }

        entry = new PackedEntry(bytes.Slice(head, (int)length));
        return head + (int)length;
    }

    private static int ReadNumber(ReadOnlySpan<byte> bytes, out PackedEntry entry)
    {
        entry = default;
        byte form = bytes[0];
        int size = form switch
        {
            0xC0 => 3,
            0xD0 => 5,
            0xE0 => 9,
            0xF0 => 4,
            0xFE => 2,
            >= 0xF1 and <= 0xFD => 1,
            _ => 0,
        };
        if (size == 0 || size > bytes.Length)
        {
            return 0;
        }

        entry = form switch
        {
            0xC0 => new PackedEntry(BinaryPrimitives.ReadInt16LittleEndian(bytes[1..])),
            0xD0 => new PackedEntry(BinaryPrimitives.ReadInt32LittleEndian(bytes[1..])),
            0xE0 => new PackedEntry(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..])),
            0xF0 => new PackedEntry((bytes[1] | (bytes[2] << 8) | (bytes[3] << 16)) << 8 >> 8),
            0xFE => new PackedEntry((sbyte)bytes[1]),
            _ => new PackedEntry((form & 0x0F) - 1),
        };
        return size;
    }
}
