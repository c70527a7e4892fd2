using System.Buffers;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// Cuts the entries of a leaf into leaves that are not too full. An entry that is longer than a page gets one for
/// itself, so that edits beside it do not move it.
/// </summary>
internal sealed class LeafCutter(ShardCollections collections)
{
    /// <summary>Cuts.</summary>
    /// <param name="kind">Kind of the entries.</param>
    /// <param name="order">Order of the tree.</param>
    /// <param name="content">The entries.</param>
    /// <param name="count">Their number, at least 2.</param>
    /// <param name="isAtStart">The tree grows at its start: all but the first entry stay together.</param>
    /// <param name="isAtEnd">The tree grows at its end: all but the last entry stay together.</param>
    public LeafCut Cut(
        EntryKind kind, TreeOrder order, ReadOnlySpan<byte> content, int count, bool isAtStart, bool isAtEnd)
    {
        EntryPlace[] array = ArrayPool<EntryPlace>.Shared.Rent(count);
        Span<EntryPlace> places = array.AsSpan(0, count);
        Find(kind, order, content, places);
        if (order == TreeOrder.Hash)
        {
            places.Sort();
        }

        var cut = new LeafCut(content.Length);
        int at = 0;
        foreach (ref EntryPlace place in places)
        {
            content.Slice(place.Start, place.Length).CopyTo(cut.Entries[at..]);
            place = place with { Start = at };
            at += place.Length;
        }

        if (isAtEnd || isAtStart)
        {
            int border = isAtEnd ? count - 1 : 1;
            int before = isAtEnd ? LeafCut.MostParts - 1 : 1;
            Halve(ref cut, kind, order, places[..border], before);
            Halve(ref cut, kind, order, places[border..], LeafCut.MostParts - before);
        }
        else
        {
            Halve(ref cut, kind, order, places, LeafCut.MostParts);
        }

        ArrayPool<EntryPlace>.Shared.Return(array);
        return cut;
    }

    private void Find(EntryKind kind, TreeOrder order, ReadOnlySpan<byte> content, Span<EntryPlace> places)
    {
        int at = 0;
        foreach (ref EntryPlace place in places)
        {
            var entry = Entry.Read(kind, content[at..]);
            place = new EntryPlace(order == TreeOrder.Hash ? collections.OrderOf(entry.Name) : 0, at, entry.Length);
            at += entry.Length;
        }
    }

    private static void Halve(
        ref LeafCut cut, EntryKind kind, TreeOrder order, ReadOnlySpan<EntryPlace> places, int most)
    {
        int start = places[0].Start;
        int length = places[^1].Start + places[^1].Length - start;
        bool fits = length <= LeafPage.MostUsed && places.Length <= LeafPage.MostEntries(order);
        int border = fits || most == 1 ? 0 : BorderOf(order, places, start, length);
        if (border == 0)
        {
            cut.Add(PartOf(cut.Entries.Slice(start, length), kind, order, places));
            return;
        }

        Halve(ref cut, kind, order, places[..border], most / 2);
        Halve(ref cut, kind, order, places[border..], most - (most / 2));
    }

    // The border that leaves the longer half shortest; 0 when there is none, because all have the same hash.
    private static int BorderOf(TreeOrder order, ReadOnlySpan<EntryPlace> places, int start, int length)
    {
        int best = 0, bestLength = int.MaxValue;
        for (int i = 1; i < places.Length; i++)
        {
            int left = places[i].Start - start;
            int longer = Math.Max(left, length - left);
            if (longer < bestLength && (order != TreeOrder.Hash || places[i].Order != places[i - 1].Order))
            {
                best = i;
                bestLength = longer;
            }
        }

        return best;
    }

    private static LeafPart PartOf(
        ReadOnlySpan<byte> entries, EntryKind kind, TreeOrder order, ReadOnlySpan<EntryPlace> places)
    {
        var first = Entry.Read(kind, entries);
        ulong low = order switch
        {
            TreeOrder.Hash => places[0].Order,
            TreeOrder.Score => ScoreOrder.Of(first.Score),
            _ => 0,
        };
        ulong prefix = order == TreeOrder.Score ? ScoreOrder.PrefixOf(first.Name) : Child.NeverDue;
        var child = new Child(0, 0, low, prefix, uint.MaxValue);
        if (kind == EntryKind.Field)
        {
            child = child.With(EarliestExpiry(kind, entries), LatestEnd(kind, entries));
        }

        return new LeafPart(places[0].Start, entries.Length, places.Length, low, child.Extra, child.More);
    }

    /// <summary>When the last of some fields ends, <see cref="Child.NeverDue"/> when one stays, or for what is no
    /// field.</summary>
    public static ulong LatestEnd(EntryKind kind, ReadOnlySpan<byte> entries) =>
        kind == EntryKind.Field && LatestExpiry(kind, entries) is not 0 and ulong last ? last : Child.NeverDue;

    /// <summary>Earliest expiry of some entries, or <see cref="Child.NeverDue"/>.</summary>
    public static ulong EarliestExpiry(EntryKind kind, ReadOnlySpan<byte> entries)
    {
        ulong due = Child.NeverDue;
        for (int at = 0; kind == EntryKind.Field && at < entries.Length;)
        {
            var entry = Entry.Read(kind, entries[at..]);
            due = entry.ExpiresAt != 0 ? Math.Min(due, (ulong)entry.ExpiresAt) : due;
            at += entry.Length;
        }

        return due;
    }

    /// <summary>Latest expiry of some entries, or 0 when one of them has none.</summary>
    public static ulong LatestExpiry(EntryKind kind, ReadOnlySpan<byte> entries)
    {
        ulong last = 0;
        for (int at = 0; at < entries.Length;)
        {
            var entry = Entry.Read(kind, entries[at..]);
            if (entry.ExpiresAt == 0)
            {
                return 0;
            }

            last = Math.Max(last, (ulong)entry.ExpiresAt);
            at += entry.Length;
        }

        return last;
    }
}
