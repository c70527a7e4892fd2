namespace SessionGateway.Store.Collections.Entries;

/// <summary>Entries one after the other.</summary>
internal static class EntryList
{
    /// <summary>Finds an entry by its name.</summary>
    /// <param name="kind">Kind of the entries.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="name">Field, member or element.</param>
    /// <param name="offset">Where it is; the end when it is not.</param>
    /// <param name="entry">The entry.</param>
    public static bool TryFind(
        EntryKind kind, ReadOnlySpan<byte> entries, scoped ReadOnlySpan<byte> name, out int offset, out Entry entry)
    {
        for (offset = 0; offset < entries.Length; offset += entry.Length)
        {
            entry = Entry.Read(kind, entries[offset..]);
            if (entry.Name.SequenceEqual(name))
            {
                return true;
            }
        }

        entry = default;
        return false;
    }

    /// <summary>Finds the first entry that is not before a place in the order of a sorted set.</summary>
    /// <param name="entries">Members in their order.</param>
    /// <param name="score">Score of the place.</param>
    /// <param name="member">Member of the place.</param>
    /// <param name="offset">Where it is; the end when all are before.</param>
    /// <param name="index">How many are before.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>True when it is just there.</returns>
    public static bool TryFindScored(
        ReadOnlySpan<byte> entries, double score, scoped ReadOnlySpan<byte> member, out int offset, out int index,
        out Entry entry)
    {
        index = 0;
        for (offset = 0; offset < entries.Length; offset += entry.Length)
        {
            entry = Entry.Read(EntryKind.Scored, entries[offset..]);
            int order = ScoreOrder.Compare(entry.Score, entry.Name, score, member);
            if (order >= 0)
            {
                return order == 0;
            }

            index++;
        }

        entry = default;
        return false;
    }

    /// <summary>Where the entry with a number starts; the end for the number behind the last one.</summary>
    public static int OffsetOf(EntryKind kind, ReadOnlySpan<byte> entries, int index)
    {
        int offset = 0;
        for (; index > 0; index--)
        {
            offset += Entry.Read(kind, entries[offset..]).Length;
        }

        return offset;
    }
}
