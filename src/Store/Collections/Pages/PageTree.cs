using System.Diagnostics;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// A large collection: leaves with entries below inner pages that count them. All writes come down to <see
/// cref="TrySplice"/>; what can fail for memory happens before anything is changed. Finding a place is the business of
/// <see cref="TreeSearch"/>, more pages that of <see cref="TreeSplit"/>, fewer that of <see cref="TreeJoin"/>.
/// </summary>
internal struct PageTree
{
    private readonly PageStore _pages;
    private readonly int _database;

    public PageTree(PageStore pages, LeafCutter cutter, int database, EntryKind kind, TreeOrder order)
    {
        _pages = pages;
        _database = database;
        Cutter = cutter;
        New = new NewPages(pages, database, InnerPage.BytesOf(order));
        Kind = kind;
        Order = order;
    }

    public EntryKind Kind { get; }

    public TreeOrder Order { get; }

    /// <summary>The first page; 0 without any entry.</summary>
    public ulong Root { get; set; }

    /// <summary>Pages from the root to a leaf, both included; 0 without any entry.</summary>
    public int Height { get; set; }

    /// <summary>Most children of an inner page.</summary>
    public readonly int MostChildren => (InnerPage.BytesOf(Order) - LeafPage.HeadBytes) / InnerPage.ChildBytes;

    /// <summary>Some field has an expiry.</summary>
    public bool HasTimes { get; init; }

    /// <summary>When the last field ends, <see cref="Child.NeverDue"/> when one stays. The root knows.</summary>
    public readonly ulong Last => Height == 0 ? Child.NeverDue : LastOf(Root, 0);

    /// <summary>Cuts leaves.</summary>
    public LeafCutter Cutter { get; }

    /// <summary>Pages that are made for the tree.</summary>
    public NewPages New { get; }

    /// <summary>Reads a page.</summary>
    public readonly ReadOnlySpan<byte> Peek(ulong number) => _pages.Peek(_database, number);

    /// <summary>Writes into a page.</summary>
    public readonly Span<byte> Edit(ulong number) => _pages.Edit(_database, number);

    /// <summary>Writes a page anew, as long as it must be.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public readonly bool TryPut(ulong number, EntryKind kind, int count, ReadOnlySpan<byte> entries, int capacity) =>
        _pages.TryPut(_database, number, kind, count, entries, capacity);

    /// <summary>Ends a page.</summary>
    public readonly void Free(ulong number) => _pages.Free(_database, number);

    /// <summary>Reads the leaf of a path.</summary>
    public readonly LeafPage Leaf(scoped in TreePath path) => new(Peek(path.Numbers[Height - 1]));

    /// <summary>Begins an empty tree with some entries in their order.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public bool TryBegin(int count, ReadOnlySpan<byte> entries)
    {
        Debug.Assert(Root == 0 && Height == 0, "a tree begins twice");
        ulong number = _pages.NextNumber();
        if (!TryPut(number, Kind, count, entries, LeafPage.CapacityFor(entries.Length)))
        {
            return false;
        }

        Root = number;
        Height = 1;
        return true;
    }

    /// <summary>
    /// Replaces bytes of a leaf's entries. The path stands for nothing afterwards.
    /// </summary>
    /// <param name="path">The leaf.</param>
    /// <param name="offset">Where in its entries.</param>
    /// <param name="removed">Bytes that go: whole entries.</param>
    /// <param name="inserted">Bytes that come, no part of a page: at most one entry.</param>
    /// <param name="growth">Entries that come, less those that go.</param>
    /// <param name="due">Expiry of the field that comes, or <see cref="Child.NeverDue"/>.</param>
    /// <returns>False when memory is out; nothing changed. A removal never fails.</returns>
    public bool TrySplice(
        ref TreePath path, int offset, int removed, ReadOnlySpan<byte> inserted, int growth, ulong due = Child.NeverDue)
    {
        Debug.Assert(Root != 0 && Height > 0 && path.Numbers[0] == Root, "the path is another tree's");
        ulong number = path.Numbers[Height - 1];
        Span<byte> page = Edit(number);
        var leaf = new LeafPage(page);
        Debug.Assert(offset >= 0 && removed >= 0 && offset + removed <= leaf.Used, "no bytes of the leaf");
        bool hasTimes = Kind == EntryKind.Field && (HasTimes || due != Child.NeverDue);
        ulong gone = hasTimes && removed > 0 ? Entry.Read(Kind, leaf.Entries[offset..]).EndsAt : 0;
        ulong come = hasTimes && inserted.Length > 0 ? due : 0;
        int count = leaf.Count + growth;
        Debug.Assert(count >= 0, "more entries go than there are");
        int used = leaf.Used - removed + inserted.Length;
        if (count == 0)
        {
            TreeJoin.RemovePage(ref this, ref path, Height - 1, growth);
            return true;
        }


        // Only what grows is cut for its number of entries: a removal must not need memory.
        bool isOne = count == 1
            || (used <= LeafPage.MostUsed && (growth <= 0 || count <= LeafPage.MostEntries(Order)));
        bool fits = isOne && LeafPage.HeadBytes + used <= page.Length;
        if (fits && page.Length <= Math.Max(LeafPage.Bytes, 2 * used))
        {
            WriteInPlace(page, leaf, offset, removed, inserted, count);
            AddToCounts(path, Height - 1, growth, due, gone, come);
        }
        else
        {
            using var content = new Scratch(used);
            leaf.Entries[..offset].CopyTo(content.Span);
            inserted.CopyTo(content.Span[offset..]);
            leaf.Entries[(offset + removed)..].CopyTo(content.Span[(offset + inserted.Length)..]);
            if (!isOne)
            {
                var place = new SplitPlace(offset, inserted.Length, growth, due, gone, come);
                return TreeSplit.TrySplit(ref this, ref path, content.Span, count, place);
            }

            if (TryPut(number, Kind, count, content.Span, LeafPage.CapacityFor(used)))
            {
                AddToCounts(path, Height - 1, growth, due, gone, come);
            }
            else if (fits)
            {
                page = Edit(number);
                WriteInPlace(page, new LeafPage(page), offset, removed, inserted, count);
                AddToCounts(path, Height - 1, growth, due, gone, come);
            }
            else
            {
                return false;
            }
        }

        if (TreeJoin.IsWorthwhile(used, count, Order) && removed > inserted.Length)
        {
            TreeJoin.TryJoinLeaf(ref this, ref path);
        }

        return true;
    }

    /// <summary>Says anew when the first field of a leaf ends.</summary>
    public readonly void SetDue(in TreePath path, ulong due)
    {
        for (int level = Height - 2; level >= 0; level--)
        {
            var inner = new InnerPage(Edit(path.Numbers[level]));
            Child child = inner[path.Slots[level]];
            inner[path.Slots[level]] = child.With(due, child.Last);
            for (int slot = 0; slot < inner.Count; slot++)
            {
                due = Math.Min(due, inner[slot].Due);
            }
        }
    }

    /// <summary>Counts entries that came or went on the levels above a page of a path, and when the first and the last
    /// of them end.</summary>
    /// <param name="path">The page.</param>
    /// <param name="below">Its level.</param>
    /// <param name="growth">Entries that came, less those that went.</param>
    /// <param name="due">When the first of what came ends.</param>
    /// <param name="gone">When the last of what went would have ended; 0 when nothing went.</param>
    /// <param name="come">When the last of what came ends; 0 when nothing came.</param>
    public readonly void AddToCounts(
        in TreePath path, int below, long growth, ulong due, ulong gone = 0, ulong come = 0)
    {
        if (growth == 0 && due == Child.NeverDue && (gone | come) == 0)
        {
            return;
        }

        bool isField = Kind == EntryKind.Field;
        for (int level = below - 1; level >= 0; level--)
        {
            var inner = new InnerPage(Edit(path.Numbers[level]));
            Child child = inner[path.Slots[level]];
            Debug.Assert(child.Count + growth >= 0, "more entries go than an inner page counts");
            Child changed = child with { Count = child.Count + growth };
            if (isField)
            {
                ulong before = child.Last;
                ulong last = gone == before && come < gone ? LastOf(path.Numbers[level + 1], level + 1)
                    : Math.Max(before, come);
                changed = changed.With(Math.Min(child.Due, due), last);
                (gone, come) = last == before ? (0, 0) : (before, last);
            }

            inner[path.Slots[level]] = changed;
        }
    }

    // Of a leaf or of what lies below an inner page.
    private readonly ulong LastOf(ulong number, int level)
    {
        ReadOnlySpan<byte> page = Peek(number);
        return level < Height - 1 ? InnerPage.LastOf(page) : LeafCutter.LatestEnd(Kind, new LeafPage(page).Entries);
    }

    private static void WriteInPlace(
        Span<byte> page, LeafPage leaf, int offset, int removed, ReadOnlySpan<byte> inserted, int count)
    {
        int used = leaf.Used;
        Span<byte> at = page[(LeafPage.HeadBytes + offset)..];
        if (removed != inserted.Length)
        {
            at[removed..(used - offset)].CopyTo(at[inserted.Length..]);
        }

        inserted.CopyTo(at);
        LeafPage.WriteHead(page, leaf.Kind, count, used - removed + inserted.Length);
    }
}
