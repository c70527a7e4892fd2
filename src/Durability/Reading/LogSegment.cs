using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Reading;

/// <summary>A segment that is there.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Header">Its header.</param>
internal sealed record LogSegment(string Name, long Length, SegmentHeader Header)
{
    /// <summary>All segments in their order. One at the end whose header was never whole is removed: records come
    /// behind a header that is on the disk.</summary>
    /// <exception cref="LogException">One of them cannot be read, or is not there.</exception>
    public static List<LogSegment> FindAll(IStorage storage)
    {
        var found = new List<LogSegment>();
        string[] names = [.. storage.List().Where(n => SegmentName.SequenceOf(n) > 0).Order(StringComparer.Ordinal)];
        var broken = new List<string>();
        foreach (string name in names)
        {
            using var reader = new SegmentReader(storage, name);
            if (reader.HeaderStatus == HeaderStatus.Newer)
            {
                throw new LogException($"{name} was written by a later version of the gateway, which this one cannot "
                    + "read") { File = name };
            }

            if (reader.HeaderStatus == HeaderStatus.Damaged && reader.Length <= SegmentHeader.Bytes)
            {
                broken.Add(name);
                continue;
            }

            if (reader.HeaderStatus == HeaderStatus.Damaged
                || (broken.Count > 0 && (reader.Header.Flags & SegmentFlags.Gap) == 0))
            {
                string damaged = broken.Append(name).First();
                throw new LogException($"{damaged} has a damaged header") { File = damaged };
            }

            found.Add(new LogSegment(name, reader.Length, reader.Header));
        }

        Require(found);
        broken.ForEach(storage.Delete);
        return found;
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
