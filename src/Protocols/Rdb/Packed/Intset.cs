using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>Bytes of a number (4, the lowest first: 2, 4 or 8), how many there are (4), the numbers (redis
/// intset.c).</summary>
internal static class Intset
{
    /// <summary>Bytes before the numbers.</summary>
    public const int HeadBytes = 8;

    /// <inheritdoc cref="Listpack.Open"/>
    public static int Open(ReadOnlySpan<byte> block, out int announced)
    {
        announced = -1;
        if (block.Length < HeadBytes)
        {
            return -1;
        }

        uint width = BinaryPrimitives.ReadUInt32LittleEndian(block);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(block[sizeof(uint)..]);
        if (width is not (2 or 4 or 8) || ((ulong)count * width) + HeadBytes != (ulong)block.Length)
        {
            return -1;
        }

        announced = (int)count;
        return HeadBytes;
    }

    /// <summary>Reads the number at a place.</summary>
    public static int Read(ReadOnlySpan<byte> block, int at, out PackedEntry entry)
    {
        int width = (int)BinaryPrimitives.ReadUInt32LittleEndian(block);
        ReadOnlySpan<byte> bytes = block[at..];
        entry = width switch
        {
            2 => new PackedEntry(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            4 => new PackedEntry(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            _ => new PackedEntry(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        };
        return width;
    }
}
