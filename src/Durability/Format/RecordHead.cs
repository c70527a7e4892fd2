using System.Buffers.Binary;
using SessionGateway.Durability.Checksums;

namespace SessionGateway.Durability.Format;

/// <summary>Before each record: length of its body 4, CRC-32C of the length and the body 4; little-endian.</summary>
internal static class RecordHead
{
    /// <summary>Bytes of the head.</summary>
    public const int Bytes = 8;

    /// <summary>Longest body: a value of 512 MB, a name as long, a key, numbers.</summary>
    public const int MostBodyBytes = (1 << 30) + (1 << 20);

    /// <summary>The checksum's beginning: the length belongs to it.</summary>
    public static uint StartSum(int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return Crc32C.Append(Crc32C.Start, bytes);
    }

    /// <summary>Writes a head.</summary>
    /// <param name="target">Where.</param>
    /// <param name="length">Of the body.</param>
    /// <param name="sum">The sum of length and body, not ended.</param>
    public static void Write(Span<byte> target, int length, uint sum)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Crc32C.End(sum));
    }

    /// <summary>Reads a head; false when it cannot be one.</summary>
    public static bool Read(ReadOnlySpan<byte> bytes, out int length, out uint crc)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return length is > 0 and <= MostBodyBytes;
    }
}
