using System.Diagnostics;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// A large collection: leaves with entries below inner pages that count them. All writes come down to <see
/// cref="TrySplice"/>; what can fail for memory happens before anything is changed. Finding a place is the business of
/// <see cref="TreeSearch"/>.
/// </summary>
internal struct PageTree
{
    // A leaf below a quarter, or an inner page below a quarter of its children, is joined with a neighbour when both
    // together fill three quarters: the next insert must not cut them apart again.
    private const int LeastUsed = LeafPage.MostUsed / 4;
    private const int MostJoined = LeafPage.MostUsed * 3 / 4;
    private const int LeastChildren = InnerPage.MostChildren / 4;
    private const int MostJoinedChildren = InnerPage.MostChildren * 3 / 4;

    private readonly PageStore _pages;
    private readonly LeafCutter _cutter;
    private readonly int _database;
    private readonly NewPages _new;

    public PageTree(PageStore pages, LeafCutter cutter, int database, EntryKind kind, TreeOrder order)
    {
        _pages = pages;
        _cutter = cutter;
        _database = database;
        _new = new NewPages(pages, database);
        Kind = kind;
        Order = order;
    }

    public EntryKind Kind { get; }

    public TreeOrder Order { get; }

    /// <summary>The first page; 0 without any entry.</summary>
    public ulong Root { get; set; }

    /// <summary>Pages from the root to a leaf, both included; 0 without any entry.</summary>
    public int Height { get; set; }

    /// <summary>Reads a page.</summary>
    public readonly ReadOnlySpan<byte> Peek(ulong number) => _pages.Peek(_database, number);

    /// <summary>Reads the leaf of a path.</summary>
    public readonly LeafPage Leaf(scoped in TreePath path) => new(Peek(path.Numbers[Height - 1]));

    /// <summary>Begins an empty tree with some entries in their order.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public bool TryBegin(int count, ReadOnlySpan<byte> entries)
    {
        Debug.Assert(Root == 0 && Height == 0, "a tree begins twice");
        ulong number = _pages.NextNumber();
        if (!_pages.TryPut(_database, number, Kind, count, entries, LeafPage.CapacityFor(entries.Length)))
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
        Span<byte> page = _pages.Edit(_database, number);
        var leaf = new LeafPage(page);
        Debug.Assert(offset >= 0 && removed >= 0 && offset + removed <= leaf.Used, "no bytes of the leaf");
        int count = leaf.Count + growth;
        Debug.Assert(count >= 0, "more entries go than there are");
        int used = leaf.Used - removed + inserted.Length;
        if (count == 0)
        {
            RemovePage(ref path, Height - 1, growth);
            return true;
        }

        bool isOne = used <= LeafPage.MostUsed || count == 1;
        bool fits = isOne && LeafPage.HeadBytes + used <= page.Length;
        if (fits && page.Length <= Math.Max(LeafPage.Bytes, 2 * used))
        {
            WriteInPlace(page, leaf, offset, removed, inserted, count);
            AddToCounts(path, Height - 1, growth, due);
        }
        else
        {
            using var content = new Scratch(used);
            leaf.Entries[..offset].CopyTo(content.Span);
            inserted.CopyTo(content.Span[offset..]);
            leaf.Entries[(offset + removed)..].CopyTo(content.Span[(offset + inserted.Length)..]);
            if (!isOne)
            {
                return TrySplit(ref path, content.Span, count, offset, inserted.Length, growth, due);
            }

            if (_pages.TryPut(_database, number, Kind, count, content.Span, LeafPage.CapacityFor(used)))
            {
                AddToCounts(path, Height - 1, growth, due);
            }
            else if (fits)
            {
                page = _pages.Edit(_database, number);
                WriteInPlace(page, new LeafPage(page), offset, removed, inserted, count);
                AddToCounts(path, Height - 1, growth, due);
            }
            else
            {
                return false;
            }
        }

        if (used < LeastUsed && removed > inserted.Length)
        {
            TryJoinLeaf(ref path);
        }

        return true;
    }

    /// <summary>Says anew when the first field of a leaf ends.</summary>
    public readonly void SetDue(in TreePath path, ulong due)
    {
        for (int level = Height - 2; level >= 0; level--)
        {
            var inner = new InnerPage(_pages.Edit(_database, path.Numbers[level]));
            inner[path.Slots[level]] = inner[path.Slots[level]] with { Extra = due };
            for (int slot = 0; slot < inner.Count; slot++)
            {
                due = Math.Min(due, inner[slot].Extra);
            }
        }
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

    // The levels above a page of the path.
    private readonly void AddToCounts(in TreePath path, int below, long growth, ulong due)
    {
        if (growth == 0 && due == Child.NeverDue)
        {
            return;
        }

        bool isField = Kind == EntryKind.Field;
        for (int level = below - 1; level >= 0; level--)
        {
            var inner = new InnerPage(_pages.Edit(_database, path.Numbers[level]));
            Child child = inner[path.Slots[level]];
            Debug.Assert(child.Count + growth >= 0, "more entries go than an inner page counts");
            inner[path.Slots[level]] = child with
            {
                Count = child.Count + growth,
                Extra = isField ? Math.Min(child.Extra, due) : child.Extra,
            };
        }
    }

    private bool TrySplit(
        ref TreePath path, ReadOnlySpan<byte> content, int count, int offset, int inserted, int growth, ulong due)
    {
        bool isAtEnd = Order != TreeOrder.Hash && offset + inserted == content.Length && IsAtEdge(path, atEnd: true);
        bool isAtStart = Order != TreeOrder.Hash && offset == 0 && IsAtEdge(path, atEnd: false);
        using LeafCut cut = _cutter.Cut(Kind, Order, content, count, isAtStart, isAtEnd);
        Span<ulong> numbers = stackalloc ulong[LeafCut.MostParts];
        Span<ulong> inners = stackalloc ulong[TreePath.MostLevels];
        numbers[0] = path.Numbers[Height - 1];
        int innerCount = cut.Count == 1 ? 0 : NewInnerPages(path, cut.Count - 1);

        // The old leaf last: until then nobody sees what is made.
        if (!_new.TryMakeLeaves(Kind, cut, numbers[1..cut.Count]))
        {
            return false;
        }

        int rootChildren = innerCount < Height ? 0 : Height == 1 ? cut.Count : 2;
        if (!_new.TryMakeInners(inners[..innerCount], rootChildren)
            || !TryMakeRoom(path, innerCount, cut.Count - 1))
        {
            _new.Free(numbers[1..cut.Count]);
            _new.Free(inners[..innerCount]);
            return false;
        }

        if (!_new.TryPutPart(Kind, numbers[0], cut, 0))
        {
            _new.Free(numbers[1..cut.Count]);
            _new.Free(inners[..innerCount]);
            return false;
        }

        if (cut.Count == 1)
        {
            AddToCounts(path, Height - 1, growth, due);
            return true;
        }

        Span<Child> children = stackalloc Child[LeafCut.MostParts];
        for (int i = 0; i < cut.Count; i++)
        {
            children[i] = new Child(numbers[i], cut[i].Count, cut[i].Low, cut[i].Extra);
        }

        Link(ref path, children[..cut.Count], inners[..innerCount], growth, due);
        return true;
    }

    // The inner page that takes the last of the new pages; only roots are not of full length.
    private readonly bool TryMakeRoom(in TreePath path, int innerCount, int leaves)
    {
        int level = Height - 2 - innerCount;
        if (level < 0)
        {
            return true;
        }

        ReadOnlySpan<byte> page = Peek(path.Numbers[level]);
        var head = new LeafPage(page);
        int children = head.Count + (innerCount == 0 ? leaves : 1);
        int needed = LeafPage.HeadBytes + (children * InnerPage.ChildBytes);
        if (needed <= page.Length)
        {
            return true;
        }

        using var entries = new Scratch(head.Used);
        head.Entries.CopyTo(entries.Span);
        int capacity = Math.Min(LeafPage.Bytes, needed * 2);
        return _pages.TryPut(_database, path.Numbers[level], EntryKind.None, head.Count, entries.Span, capacity);
    }

    // Inner pages that have to be cut in two when so many leaves come below the path, and the new root above them.
    private readonly int NewInnerPages(in TreePath path, int leaves)
    {
        int pages = 0;
        for (int level = Height - 2; level >= 0; level--)
        {
            if (new LeafPage(Peek(path.Numbers[level])).Count + leaves <= InnerPage.MostChildren)
            {
                return pages;
            }

            pages++;
            leaves = 1;
        }

        return pages + 1;
    }

    // Puts pages in the place of one, from the leaf up. The first of them is the old one.
    private void Link(
        ref TreePath path, scoped Span<Child> children, scoped ReadOnlySpan<ulong> inners, int growth, ulong due)
    {
        Span<Child> all = stackalloc Child[InnerPage.MostChildren + LeafCut.MostParts];
        Span<Child> halves = stackalloc Child[2];
        for (int level = Height - 2; level >= 0; level--)
        {
            var inner = new InnerPage(_pages.Edit(_database, path.Numbers[level]));
            int slot = path.Slots[level];
            int count = inner.Count;
            Child old = inner[slot];

            // Where the first one begins does not change by a cut.
            children[0] = children[0] with { Low = old.Low,
                Extra = Kind == EntryKind.Scored ? old.Extra : children[0].Extra };
            if (count + children.Length - 1 <= InnerPage.MostChildren)
            {
                inner[slot] = children[0];
                for (int i = 1; i < children.Length; i++)
                {
                    inner.Insert(slot + i, children[i]);
                }

                AddToCounts(path, level, growth, due);
                return;
            }

            int total = 0;
            for (int i = 0; i < count; i++)
            {
                if (i != slot)
                {
                    all[total++] = inner[i];
                    continue;
                }

                children.CopyTo(all[total..]);
                total += children.Length;
            }

            // What grows at its end only has full pages behind it.
            bool isAtEnd = Order != TreeOrder.Hash && slot == count - 1;
            int left = isAtEnd ? InnerPage.MostChildren : total / 2;
            halves[0] = Fill(inner, path.Numbers[level], all[..left]);
            halves[1] = Fill(
                new InnerPage(_pages.Edit(_database, inners[0])), inners[0], all[left..total]);
            inners = inners[1..];
            children = halves;
        }

        Debug.Assert(Height < TreePath.MostLevels, "a path has no more levels");
        var root = new InnerPage(_pages.Edit(_database, inners[0]));
        Fill(root, inners[0], children);
        Root = inners[0];
        Height++;
    }

    private readonly Child Fill(InnerPage page, ulong number, ReadOnlySpan<Child> children)
    {
        page.SetCount(children.Length);
        long count = 0;
        ulong extra = Kind == EntryKind.Scored ? children[0].Extra : Child.NeverDue;
        for (int i = 0; i < children.Length; i++)
        {
            page[i] = children[i];
            count += children[i].Count;
            extra = Kind == EntryKind.Field ? Math.Min(extra, children[i].Extra) : extra;
        }

        return new Child(number, count, children[0].Low, extra);
    }

    private readonly bool IsAtEdge(in TreePath path, bool atEnd)
    {
        for (int level = 0; level < Height - 1; level++)
        {
            int edge = atEnd ? new LeafPage(Peek(path.Numbers[level])).Count - 1 : 0;
            if (path.Slots[level] != edge)
            {
                return false;
            }
        }

        return true;
    }

    private void RemovePage(ref TreePath path, int level, long growth)
    {
        _pages.Free(_database, path.Numbers[level]);
        if (level == 0)
        {
            Root = 0;
            Height = 0;
            return;
        }

        var inner = new InnerPage(_pages.Edit(_database, path.Numbers[level - 1]));
        if (inner.Count == 1)
        {
            RemovePage(ref path, level - 1, growth);
            return;
        }

        inner.RemoveAt(path.Slots[level - 1]);
        AddToCounts(path, level - 1, growth, Child.NeverDue);
        if (inner.Count < LeastChildren)
        {
            TryJoinInner(ref path, level - 1);
        }
    }

    private void TryJoinLeaf(ref TreePath path)
    {
        if (Height == 1)
        {
            return;
        }

        int level = Height - 2;
        ReadOnlySpan<byte> inner = Peek(path.Numbers[level]);
        int left = Math.Min(path.Slots[level], new LeafPage(inner).Count - 2);
        if (left < 0)
        {
            return;
        }

        Child first = InnerPage.ChildAt(inner, left);
        Child second = InnerPage.ChildAt(inner, left + 1);
        var firstLeaf = new LeafPage(Peek(first.Number));
        var secondLeaf = new LeafPage(Peek(second.Number));
        int used = firstLeaf.Used + secondLeaf.Used;
        if (used > MostJoined)
        {
            return;
        }

        using var content = new Scratch(used);
        firstLeaf.Entries.CopyTo(content.Span);
        secondLeaf.Entries.CopyTo(content.Span[firstLeaf.Used..]);
        int count = firstLeaf.Count + secondLeaf.Count;
        if (!_pages.TryPut(_database, first.Number, Kind, count, content.Span, LeafPage.CapacityFor(used)))
        {
            return;
        }

        Join(ref path, level, left, first, second);
    }

    private void TryJoinInner(ref TreePath path, int level)
    {
        if (level == 0)
        {
            LowerRoot();
            return;
        }

        ReadOnlySpan<byte> parent = Peek(path.Numbers[level - 1]);
        int left = Math.Min(path.Slots[level - 1], new LeafPage(parent).Count - 2);
        if (left < 0)
        {
            return;
        }

        Child first = InnerPage.ChildAt(parent, left);
        Child second = InnerPage.ChildAt(parent, left + 1);
        var firstPage = new InnerPage(_pages.Edit(_database, first.Number));
        var secondPage = new InnerPage(_pages.Edit(_database, second.Number));
        int firstCount = firstPage.Count, secondCount = secondPage.Count;
        if (firstCount + secondCount > MostJoinedChildren)
        {
            return;
        }

        firstPage.SetCount(firstCount + secondCount);
        for (int i = 0; i < secondCount; i++)
        {
            // The second page's first child was not asked for its beginning; now it is.
            firstPage[firstCount + i] = i > 0 ? secondPage[i]
                : secondPage[i] with
                {
                    Low = second.Low,
                    Extra = Kind == EntryKind.Scored ? second.Extra : secondPage[i].Extra,
                };
        }

        Join(ref path, level - 1, left, first, second);
    }

    // The second child's content has gone into the first one.
    private void Join(ref TreePath path, int level, int left, in Child first, in Child second)
    {
        var inner = new InnerPage(_pages.Edit(_database, path.Numbers[level]));
        inner[left] = first with
        {
            Count = first.Count + second.Count,
            Extra = Kind == EntryKind.Field ? Math.Min(first.Extra, second.Extra) : first.Extra,
        };
        inner.RemoveAt(left + 1);
        int count = inner.Count;
        _pages.Free(_database, second.Number);
        if (count < LeastChildren)
        {
            TryJoinInner(ref path, level);
        }
    }

    private void LowerRoot()
    {
        while (Height > 1 && new LeafPage(Peek(Root)) is { Count: 1 })
        {
            ulong only = InnerPage.ChildAt(Peek(Root), 0).Number;
            _pages.Free(_database, Root);
            Root = only;
            Height--;
        }
    }
}
