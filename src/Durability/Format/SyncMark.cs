using System.Buffers.Binary;
using SessionGateway.Durability.Checksums;

namespace SessionGateway.Durability.Format;

/// <summary>
/// A record that says how many bytes of its segment were on the disk before it was written: a broken record before that
/// place was damaged later, one behind it was never whole. It is found among broken records, too.
/// </summary>
internal static class SyncMark
{
    /// <summary>Bytes of the record with its head.</summary>
    public const int Bytes = RecordHead.Bytes + BodyBytes;

    private const int BodyBytes = 1 + 8 + 8;

    private static ReadOnlySpan<byte> Magic => "\u0020SGsynced"u8;

    /// <summary>Writes the record.</summary>
    public static void Write(Span<byte> target, long synced)
    {
        Span<byte> body = target.Slice(RecordHead.Bytes, BodyBytes);
        Magic.CopyTo(body);
        BinaryPrimitives.WriteInt64LittleEndian(body[9..], synced);
        RecordHead.Write(target, body.Length, Crc32C.Append(RecordHead.StartSum(body.Length), body));
    }

    /// <summary>The highest place that a mark among some bytes tells; 0 when there is none.</summary>
    public static long Highest(ReadOnlySpan<byte> bytes)
    {
        long highest = 0;
        while (bytes.IndexOf(Magic) is >= 0 and int at)
        {
            int start = at - RecordHead.Bytes;
            if (start >= 0 && bytes.Length >= start + Bytes
                && RecordHead.Read(bytes[start..], out int length, out uint crc) && length == BodyBytes
                && crc == Crc32C.End(Crc32C.Append(RecordHead.StartSum(length), bytes.Slice(at, length))))
            {
                highest = Math.Max(highest, BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 9)..]));
            }

            bytes = bytes[(at + 1)..];
        }

        return highest;
    }
}
