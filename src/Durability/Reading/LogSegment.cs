using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Sealing;

namespace SessionGateway.Durability.Reading;

/// <summary>A segment that is there.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Header">Its header.</param>
internal sealed record LogSegment(string Name, long Length, SegmentHeader Header)
{
    /// <summary>All segments in their order. One at the end whose header was never whole is removed: records come
    /// behind a header that is on the disk.</summary>
    /// <param name="storage">The directory.</param>
    /// <param name="keys">What it may be encrypted with.</param>
    /// <param name="needless">Numbers of those that recovery does not need: whoever was to remove them did not.</param>
    /// <exception cref="LogException">One of them cannot be read, or is not there.</exception>
    public static List<LogSegment> FindAll(IStorage storage, LogKeys keys, out List<long> needless)
    {
        var found = new List<LogSegment>();
        var damaged = new List<(string Name, long Length)>();
        foreach (string name in storage.List().Where(n => SegmentName.SequenceOf(n) > 0).Order(StringComparer.Ordinal))
        {
            using var reader = new SegmentReader(storage, name, keys);
            switch (reader.HeaderStatus)
            {
                case HeaderStatus.Newer:
                    throw new LogException($"{name} was written by a later version of the gateway, which this one "
                        + "cannot read") { File = name };
                case HeaderStatus.Damaged:
                    damaged.Add((name, reader.Length));
                    break;
                default:
                    found.Add(new LogSegment(name, reader.Length, reader.Header));
                    break;
            }
        }

        long start = found.Count == 0 ? 0 : found.Max(s => s.Header.StartSequence);
        needless = [.. damaged.Select(d => SegmentName.SequenceOf(d.Name)).Concat(found.Select(s => s.Header.Sequence))
            .Where(sequence => sequence < start)];
        damaged.RemoveAll(d => SegmentName.SequenceOf(d.Name) < start);
        if (damaged.FirstOrDefault(d => !WasNeverWhole(d.Name, d.Length, found)).Name is { } broken)
        {
            throw new LogException($"{broken} has a damaged header") { File = broken };
        }

        Require(found);
        damaged.ForEach(d => storage.Delete(d.Name));
        return found;
    }

    // Nothing is behind it, or what is there goes on behind a failure of the disk.
    private static bool WasNeverWhole(string name, long length, List<LogSegment> found)
    {
        LogSegment? next = found.Find(s => s.Header.Sequence > SegmentName.SequenceOf(name));
        return length <= SegmentHeader.Bytes && (next is null || (next.Header.Flags & SegmentFlags.Gap) != 0);
    }

    private static void Require(List<LogSegment> found)
    {
        for (int i = 1; i < found.Count; i++)
        {
            SegmentHeader header = found[i].Header;
            if (header.Lineage != found[0].Header.Lineage)
            {
                throw new LogException($"{found[i].Name} is of another log than {found[0].Name}")
                {
                    File = found[i].Name,
                };
            }

            if (header.Sequence != found[i - 1].Header.Sequence + 1 && (header.Flags & SegmentFlags.Gap) == 0
                && found[i - 1].Header.Sequence >= found[^1].Header.StartSequence)
            {
                string missing = SegmentName.Of(header.Sequence - 1);
                throw new LogException($"{missing} is not there, but {found[i].Name} continues it") { File = missing };
            }
        }
    }
}
