using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>
/// Bytes of the whole (4, the lowest first), number of entries (2; ffff: not known), entries, ff. An entry is its form,
/// its bytes, and its length for who goes backwards (redis listpack.c).
/// </summary>
internal static class Listpack
{
    /// <summary>Bytes before the entries.</summary>
    public const int HeadBytes = 6;

    /// <summary>What stands behind the entries.</summary>
    public const byte End = 0xFF;

    /// <summary>Number of entries of a block that has more than fit its head.</summary>
    public const int Uncounted = 0xFFFF;

    /// <summary>Looks at the head.</summary>
    /// <returns>Where the entries begin; negative when it is wrong.</returns>
    public static int Open(ReadOnlySpan<byte> block, out int announced)
    {
        announced = -1;
        if (block.Length <= HeadBytes || block[^1] != End
            || BinaryPrimitives.ReadUInt32LittleEndian(block) != (uint)block.Length)
        {
            return -1;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(block[sizeof(uint)..]);
        announced = count == Uncounted ? -1 : count;
        return HeadBytes;
    }

    /// <summary>Reads an entry at the start of the bytes before the end.</summary>
    /// <returns>Its bytes; 0 when it is damaged.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out PackedEntry entry)
    {
        entry = default;
        if (bytes.IsEmpty)
        {
            return 0;
        }

        byte form = bytes[0];
        int size = form switch
        {
            < 0x80 => 1,
            < 0xC0 => 1 + (form & 0x3F),
            < 0xE0 => 2,
            < 0xF0 => bytes.Length > 1 ? 2 + (((form & 0x0F) << 8) | bytes[1]) : 0,
            0xF0 => LongSize(bytes),
            0xF1 => 3,
            0xF2 => 4,
            0xF3 => 5,
            0xF4 => 9,
            _ => 0,
        };
        if (size <= 0 || size + BackBytes(size) > bytes.Length)
        {
            return 0;
        }

        entry = form switch
        {
            < 0x80 => new PackedEntry(form),
            < 0xC0 => new PackedEntry(bytes[1..size]),
            < 0xE0 => new PackedEntry((((form & 0x1F) << 8 | bytes[1]) << 19) >> 19),
            < 0xF0 => new PackedEntry(bytes[2..size]),
            0xF0 => new PackedEntry(bytes[5..size]),
            0xF1 => new PackedEntry(BinaryPrimitives.ReadInt16LittleEndian(bytes[1..])),
            0xF2 => new PackedEntry((bytes[1] | (bytes[2] << 8) | (bytes[3] << 16)) << 8 >> 8),
            0xF3 => new PackedEntry(BinaryPrimitives.ReadInt32LittleEndian(bytes[1..])),
            _ => new PackedEntry(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..])),
        };
        return size + BackBytes(size);
    }

    /// <summary>Bytes that the length of an entry takes behind it (listpack.c, lpEncodeBacklen).</summary>
    public static int BackBytes(int size) => size switch
    {
        <= 127 => 1,
        < 16383 => 2,
        < 2097151 => 3,
        < 268435455 => 4,
        _ => 5,
    };

    private static int LongSize(ReadOnlySpan<byte> bytes)
    {
        const int head = 1 + sizeof(uint);
        if (bytes.Length < head)
        {
            return 0;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
        return length > (uint)(bytes.Length - head) ? 0 : head + (int)length;
    }
}
