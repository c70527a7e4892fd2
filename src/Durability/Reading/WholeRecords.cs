using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Reading;

/// <summary>What lies behind the place where a segment is broken: what its cut costs.</summary>
internal static class WholeRecords
{
    // A segment has 64 MB, and one record of any length more.
    private const int MostBytes = 256 << 20;

    // Bytes that are no head have sums made in vain; so many are made in less than a second.
    private const long MostSummedBytes = 1L << 30;

    /// <summary>True for what changed, or is, an item: not the marks and brackets around it.</summary>
    public static bool IsChange(RecordKind kind) => kind
        is >= RecordKind.Put and <= RecordKind.Flushed or RecordKind.StateItem or RecordKind.StatePage;

    /// <summary>Counts the changes of items that are recognised behind a place by their checksum, wherever they
    /// begin.</summary>
    public static long Count(IStorage storage, string name, long from)
    {
        using IStorageFile file = storage.Open(name);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(file.Length - from, 0, MostBytes));
        int filled = 0;
        while (filled < bytes.Length && file.Read(from + filled, bytes.AsSpan(filled)) is > 0 and int read)
        {
            filled += read;
        }

        long count = 0;
        long summed = 0;
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, filled);
        while (rest.Length > RecordHead.Bytes && summed < MostSummedBytes)
        {
            var kind = (RecordKind)rest[RecordHead.Bytes];
            if (RecordHead.Read(rest, out int length, out uint crc) && length <= rest.Length - RecordHead.Bytes
                && kind is >= RecordKind.Put and <= RecordKind.StateEnd)
            {
                summed += length;
                ReadOnlySpan<byte> body = rest.Slice(RecordHead.Bytes, length);
                if (Crc32C.End(Crc32C.Append(RecordHead.StartSum(length), body)) == crc)
                {
                    count += IsChange(kind) ? 1 : 0;
                    rest = rest[(RecordHead.Bytes + length)..];
                    continue;
                }
            }

            rest = rest[1..];
        }

        return count;
    }
}
