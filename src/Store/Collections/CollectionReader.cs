using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Reads collections outside of a store: from the values of their items and the pages that a snapshot handed over
/// (<see cref="ISnapshotSink"/>), in whatever order they came.
/// </summary>
public sealed class CollectionReader
{
    private readonly Dictionary<(int Database, ulong Number), byte[]> _pages = [];

    /// <summary>Keeps a page.</summary>
    public void AddPage(int database, ulong number, ReadOnlySpan<byte> page) =>
        _pages.Add((database, number), page[..(LeafPage.HeadBytes + new LeafPage(page).Used)].ToArray());

    /// <summary>Visits the entries of a collection in its order, fields that are over included.</summary>
    /// <param name="database">Database of the item.</param>
    /// <param name="item">The item.</param>
    /// <param name="visitor">Receives the entries; what it answers does not matter.</param>
    /// <returns>False when pages are missing; then some entries may have been visited.</returns>
    public bool TryRead(int database, in ItemView item, IElementVisitor visitor)
    {
        EntryKind kind = item.Type switch
        {
            ItemType.Hash => EntryKind.Field,
            ItemType.Set => EntryKind.Member,
            ItemType.SortedSet => EntryKind.Scored,
            _ => EntryKind.Element,
        };
        var head = CollectionHead.Read(item.Value, out int length);
        if (!head.IsTree)
        {
            Visit(kind, item.Value[length..], visitor);
            return true;
        }

        return TryReadPage(kind, database, head.Root, visitor);
    }

    private static void Visit(EntryKind kind, ReadOnlySpan<byte> entries, IElementVisitor visitor)
    {
        while (!entries.IsEmpty)
        {
            var entry = Entry.Read(kind, entries);
            visitor.Visit(new ElementView(entry));
            entries = entries[entry.Length..];
        }
    }

    private bool TryReadPage(EntryKind kind, int database, ulong number, IElementVisitor visitor)
    {
        if (!_pages.TryGetValue((database, number), out byte[]? page))
        {
            return false;
        }

        var head = new LeafPage(page);
        if (head.Kind != EntryKind.None)
        {
            Visit(kind, head.Entries, visitor);
            return true;
        }

        for (int slot = 0; slot < head.Count; slot++)
        {
            if (!TryReadPage(kind, database, InnerPage.NumberAt(page, slot), visitor))
            {
                return false;
            }
        }

        return true;
    }
}
