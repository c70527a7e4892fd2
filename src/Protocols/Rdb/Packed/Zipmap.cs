using System.Buffers.Binary;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>
/// Number of pairs (1), then length and bytes of a field, length of its value, number of unused bytes (1), the
/// value and as many bytes of nothing, ff. A length is a byte below fe, or fe and 4 bytes, the lowest first (redis
/// zipmap.c).
/// </summary>
internal static class Zipmap
{
    /// <summary>What stands behind the pairs.</summary>
    public const byte End = 0xFF;

    private const byte LongLength = 0xFE;

    /// <summary>Looks at the head; how many pairs there are is known by counting them.</summary>
    public static int Open(ReadOnlySpan<byte> block) => block.Length >= 2 && block[^1] == End ? 1 : -1;

    /// <summary>Reads a field, or a value.</summary>
    /// <returns>Its bytes; 0 when it is damaged.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, bool isValue, out PackedEntry entry)
    {
        entry = default;
        int head = bytes.IsEmpty ? 0 : bytes[0] < LongLength ? 1 : bytes[0] == LongLength ? 5 : 0;
        if (head == 0 || bytes.Length < head + 1)
        {
            return 0;
        }

        uint length = head == 1 ? bytes[0] : BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
        int unused = isValue ? bytes[head++] : 0;
        if (length > (uint)(bytes.Length - head) || unused > bytes.Length - head - (int)length)
        {
            return 0;
        }

        entry = new PackedEntry(bytes.Slice(head, (int)length));
        return head + (int)length + unused;
    }
}
