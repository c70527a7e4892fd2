using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// Takes pages out of a tree: those that have become empty, and those that go together with a neighbour. Without memory
/// for the page that two become, they stay two.
/// </summary>
internal static class TreeJoin
{
    // A leaf below a quarter, or an inner page below a quarter of its children, is joined with a neighbour when both
    // together fill three quarters: the next insert must not cut them apart again.
    private const int LeastUsed = LeafPage.MostUsed / 4;
    private const int MostJoined = LeafPage.MostUsed * 3 / 4;

    /// <summary>True for a leaf with so few entries that it should go together with a neighbour.</summary>
    public static bool IsWorthwhile(int used, int count, TreeOrder order) =>
        used < LeastUsed && count < LeafPage.MostEntries(order) / 4;

    /// <summary>Takes a page of a path out, with all above it that have no other child.</summary>
    public static void RemovePage(ref PageTree tree, ref TreePath path, int level, long growth)
    {
        tree.Free(path.Numbers[level]);
        if (level == 0)
        {
            tree.Root = 0;
            tree.Height = 0;
            return;
        }

        var inner = new InnerPage(tree.Edit(path.Numbers[level - 1]));
        if (inner.Count == 1)
        {
            RemovePage(ref tree, ref path, level - 1, growth);
            return;
        }

        ulong gone = tree.Kind == EntryKind.Field ? inner[path.Slots[level - 1]].Last : 0;
        inner.RemoveAt(path.Slots[level - 1]);
        tree.AddToCounts(path, level - 1, growth, Child.NeverDue, gone);
        if (inner.Count < tree.MostChildren / 4)
        {
            TryJoinInner(ref tree, ref path, level - 1);
        }
    }

    /// <summary>Joins a path's leaf with a neighbour, if both fit into one.</summary>
    public static void TryJoinLeaf(ref PageTree tree, ref TreePath path)
    {
        if (tree.Height == 1)
        {
            return;
        }

        int level = tree.Height - 2;
        ReadOnlySpan<byte> inner = tree.Peek(path.Numbers[level]);
        int left = Math.Min(path.Slots[level], new LeafPage(inner).Count - 2);
        if (left < 0)
        {
            return;
        }

        Child first = InnerPage.ChildAt(inner, left);
        Child second = InnerPage.ChildAt(inner, left + 1);
        var firstLeaf = new LeafPage(tree.Peek(first.Number));
        var secondLeaf = new LeafPage(tree.Peek(second.Number));
        int used = firstLeaf.Used + secondLeaf.Used;
        if (used > MostJoined || firstLeaf.Count + secondLeaf.Count > LeafPage.MostEntries(tree.Order) * 3 / 4)
        {
            return;
        }

        using var content = new Scratch(used);
        firstLeaf.Entries.CopyTo(content.Span);
        secondLeaf.Entries.CopyTo(content.Span[firstLeaf.Used..]);
        int count = firstLeaf.Count + secondLeaf.Count;
        if (!tree.TryPut(first.Number, tree.Kind, count, content.Span, LeafPage.CapacityFor(used)))
        {
            return;
        }

        Join(ref tree, ref path, level, left, first, second);
    }

    private static void TryJoinInner(ref PageTree tree, ref TreePath path, int level)
    {
        if (level == 0)
        {
            LowerRoot(ref tree);
            return;
        }

        ReadOnlySpan<byte> parent = tree.Peek(path.Numbers[level - 1]);
        int left = Math.Min(path.Slots[level - 1], new LeafPage(parent).Count - 2);
        if (left < 0)
        {
            return;
        }

        Child first = InnerPage.ChildAt(parent, left);
        Child second = InnerPage.ChildAt(parent, left + 1);
        var firstPage = new InnerPage(tree.Edit(first.Number));
        var secondPage = new InnerPage(tree.Edit(second.Number));
        int firstCount = firstPage.Count, secondCount = secondPage.Count;
        if (firstCount + secondCount > tree.MostChildren * 3 / 4)
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
                    Extra = tree.Kind == EntryKind.Scored ? second.Extra : secondPage[i].Extra,
                };
        }

        Join(ref tree, ref path, level - 1, left, first, second);
    }

    // The second child's content has gone into the first one.
    private static void Join(ref PageTree tree, ref TreePath path, int level, int left, in Child first, in Child second)
    {
        var inner = new InnerPage(tree.Edit(path.Numbers[level]));
        Child both = first with { Count = first.Count + second.Count };
        inner[left] = tree.Kind != EntryKind.Field ? both
            : both.With(Math.Min(first.Due, second.Due), Math.Max(first.Last, second.Last));
        inner.RemoveAt(left + 1);
        int count = inner.Count;
        tree.Free(second.Number);
        if (count < tree.MostChildren / 4)
        {
            TryJoinInner(ref tree, ref path, level);
        }
    }

    private static void LowerRoot(ref PageTree tree)
    {
        while (tree.Height > 1 && new LeafPage(tree.Peek(tree.Root)) is { Count: 1 })
        {
            ulong only = InnerPage.ChildAt(tree.Peek(tree.Root), 0).Number;
            tree.Free(tree.Root);
            tree.Root = only;
            tree.Height--;
        }
    }
}
