using System.Diagnostics;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// Cuts a leaf of a tree that has become too full, and the pages above it that have no room for more children. All new
/// pages are made before the first of them is linked: out of memory, nothing has changed.
/// </summary>
internal static class TreeSplit
{
    /// <summary>Puts new content in the place of a path's leaf, in as many leaves as it needs.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The leaf; it stands for nothing afterwards.</param>
    /// <param name="content">All entries.</param>
    /// <param name="count">Their number.</param>
    /// <param name="place">What was written into it.</param>
    /// <returns>False when memory is out; nothing changed.</returns>
    public static bool TrySplit(
        ref PageTree tree, ref TreePath path, ReadOnlySpan<byte> content, int count, in SplitPlace place)
    {
        int offset = place.Offset;
        bool isOrdered = tree.Order != TreeOrder.Hash;
        bool isAtEnd = isOrdered && offset + place.Inserted == content.Length && IsAtEdge(in tree, path, atEnd: true);
        bool isAtStart = isOrdered && offset == 0 && IsAtEdge(in tree, path, atEnd: false);
        using LeafCut cut = tree.Cutter.Cut(tree.Kind, tree.Order, content, count, isAtStart, isAtEnd);
        Span<ulong> numbers = stackalloc ulong[LeafCut.MostParts];
        Span<ulong> inners = stackalloc ulong[TreePath.MostLevels];
        numbers[0] = path.Numbers[tree.Height - 1];
        int innerCount = cut.Count == 1 ? 0 : NewInnerPages(in tree, path, cut.Count - 1);

        // The old leaf last: until then nobody sees what is made.
        if (!tree.New.TryMakeLeaves(tree.Kind, cut, numbers[1..cut.Count]))
        {
            return false;
        }

        int rootChildren = innerCount < tree.Height ? 0 : tree.Height == 1 ? cut.Count : 2;
        if (!tree.New.TryMakeInners(inners[..innerCount], rootChildren)
            || !TryMakeRoom(in tree, path, innerCount, cut.Count - 1))
        {
            tree.New.Free(numbers[1..cut.Count]);
            tree.New.Free(inners[..innerCount]);
            return false;
        }

        if (!tree.New.TryPutPart(tree.Kind, numbers[0], cut, 0))
        {
            tree.New.Free(numbers[1..cut.Count]);
            tree.New.Free(inners[..innerCount]);
            return false;
        }

        if (cut.Count == 1)
        {
            tree.AddToCounts(path, tree.Height - 1, place.Growth, place.Due, place.Gone, place.Come);
            return true;
        }

        Span<Child> children = stackalloc Child[LeafCut.MostParts];
        for (int i = 0; i < cut.Count; i++)
        {
            children[i] = new Child(numbers[i], cut[i].Count, cut[i].Low, cut[i].Extra, cut[i].More);
        }

        Link(ref tree, ref path, children[..cut.Count], inners[..innerCount], place.Growth, place.Due);
        return true;
    }

    // The inner page that takes the last of the new pages; only roots are not of full length.
    private static bool TryMakeRoom(in PageTree tree, in TreePath path, int innerCount, int leaves)
    {
        int level = tree.Height - 2 - innerCount;
        if (level < 0)
        {
            return true;
        }

        ReadOnlySpan<byte> page = tree.Peek(path.Numbers[level]);
        var head = new LeafPage(page);
        int children = head.Count + (innerCount == 0 ? leaves : 1);
        int needed = LeafPage.HeadBytes + (children * InnerPage.ChildBytes);
        if (needed <= page.Length)
        {
            return true;
        }

        using var entries = new Scratch(head.Used);
        head.Entries.CopyTo(entries.Span);
        int capacity = Math.Min(InnerPage.BytesOf(tree.Order), needed * 2);
        return tree.TryPut(path.Numbers[level], EntryKind.None, head.Count, entries.Span, capacity);
    }

    // Inner pages that have to be cut in two when so many leaves come below the path, and the new root above them.
    private static int NewInnerPages(in PageTree tree, in TreePath path, int leaves)
    {
        int pages = 0;
        for (int level = tree.Height - 2; level >= 0; level--)
        {
            if (new LeafPage(tree.Peek(path.Numbers[level])).Count + leaves <= tree.MostChildren)
            {
                return pages;
            }

            pages++;
            leaves = 1;
        }

        return pages + 1;
    }

    // Puts pages in the place of one, from the leaf up. The first of them is the old one.
    private static void Link(
        ref PageTree tree, ref TreePath path, scoped Span<Child> children, scoped ReadOnlySpan<ulong> inners,
        int growth, ulong due)
    {
        Span<Child> all = stackalloc Child[InnerPage.MostChildren + LeafCut.MostParts];
        Span<Child> halves = stackalloc Child[2];
        for (int level = tree.Height - 2; level >= 0; level--)
        {
            var inner = new InnerPage(tree.Edit(path.Numbers[level]));
            int slot = path.Slots[level];
            int count = inner.Count;
            Child old = inner[slot];

            // Where the first one begins does not change by a cut.
            children[0] = children[0] with { Low = old.Low,
                Extra = tree.Kind == EntryKind.Scored ? old.Extra : children[0].Extra };
            if (count + children.Length - 1 <= tree.MostChildren)
            {
                inner[slot] = children[0];
                ulong last = children[0].Last;
                for (int i = 1; i < children.Length; i++)
                {
                    inner.Insert(slot + i, children[i]);
                    last = Math.Max(last, children[i].Last);
                }

                tree.AddToCounts(path, level, growth, due, old.Last, last);
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
            bool isAtEnd = tree.Order != TreeOrder.Hash && slot == count - 1;
            int left = isAtEnd ? tree.MostChildren : total / 2;
            halves[0] = Fill(in tree, inner, path.Numbers[level], all[..left]);
            halves[1] = Fill(in tree, new InnerPage(tree.Edit(inners[0])), inners[0], all[left..total]);
            inners = inners[1..];
            children = halves;
        }

        Debug.Assert(tree.Height < TreePath.MostLevels, "a path has no more levels");
        var root = new InnerPage(tree.Edit(inners[0]));
        Fill(in tree, root, inners[0], children);
        tree.Root = inners[0];
        tree.Height++;
    }

    private static Child Fill(in PageTree tree, InnerPage page, ulong number, ReadOnlySpan<Child> children)
    {
        page.SetCount(children.Length);
        long count = 0;
        ulong due = Child.NeverDue, last = 0;
        for (int i = 0; i < children.Length; i++)
        {
            page[i] = children[i];
            count += children[i].Count;
            due = Math.Min(due, children[i].Due);
            last = Math.Max(last, children[i].Last);
        }

        Child filled = children[0] with { Number = number, Count = count };
        return tree.Kind == EntryKind.Field ? filled.With(due, last) : filled;
    }

    private static bool IsAtEdge(in PageTree tree, in TreePath path, bool atEnd)
    {
        for (int level = 0; level < tree.Height - 1; level++)
        {
            int edge = atEnd ? new LeafPage(tree.Peek(path.Numbers[level])).Count - 1 : 0;
            if (path.Slots[level] != edge)
            {
                return false;
            }
        }

        return true;
    }
}
