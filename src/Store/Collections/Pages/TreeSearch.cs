using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>Finds places in a tree that is not empty.</summary>
internal static class TreeSearch
{
    /// <summary>The leaf that has, or would have, the entry with a hash.</summary>
    public static void ToHash(in PageTree tree, ulong order, ref TreePath path)
    {
        ulong number = tree.Root;
        for (int level = 0; ; level++)
        {
            path.Numbers[level] = number;
            if (level == tree.Height - 1)
            {
                return;
            }

            ReadOnlySpan<byte> page = tree.Peek(number);

            // The first child takes whatever is before the second one.
            int low = 0, high = new LeafPage(page).Count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) >>> 1;
                if (InnerPage.LowAt(page, middle) <= order)
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            path.Slots[level] = low;
            number = InnerPage.NumberAt(page, low);
        }
    }

    /// <summary>The leaf that has, or would have, a member with a score.</summary>
    public static void ToScore(in PageTree tree, double score, ReadOnlySpan<byte> member, ref TreePath path)
    {
        ulong order = ScoreOrder.Of(score);
        ulong prefix = ScoreOrder.PrefixOf(member);
        ulong number = tree.Root;
        for (int level = 0; ; level++)
        {
            path.Numbers[level] = number;
            if (level == tree.Height - 1)
            {
                return;
            }

            ReadOnlySpan<byte> page = tree.Peek(number);
            int low = 0, high = new LeafPage(page).Count - 1;
            while (low < high)
            {
                int middle = (low + high + 1) >>> 1;
                Child child = InnerPage.ChildAt(page, middle);
                int before = child.Low != order ? child.Low.CompareTo(order) : child.Extra.CompareTo(prefix);
                if (before < 0 || (before == 0 && IsAtOrBehindFirst(tree, child.Number, score, member)))
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            path.Slots[level] = low;
            number = InnerPage.NumberAt(page, low);
        }
    }

    /// <summary>The leaf that has the entry with a number.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rank">0 to the number of entries; that leads behind the last one.</param>
    /// <param name="path">The leaf.</param>
    /// <returns>The entry's number in its leaf.</returns>
    public static int ToRank(in PageTree tree, long rank, ref TreePath path)
    {
        ulong number = tree.Root;
        for (int level = 0; ; level++)
        {
            path.Numbers[level] = number;
            if (level == tree.Height - 1)
            {
                return (int)rank;
            }

            ReadOnlySpan<byte> page = tree.Peek(number);
            int slot = 0;
            for (int last = new LeafPage(page).Count - 1; slot < last; slot++)
            {
                long count = InnerPage.CountAt(page, slot);
                if (rank < count)
                {
                    break;
                }

                rank -= count;
            }

            path.Slots[level] = slot;
            number = InnerPage.NumberAt(page, slot);
        }
    }

    /// <summary>Number of entries before a leaf.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The leaf.</param>
    /// <param name="total">Entries of the tree.</param>
    public static long RankOf(in PageTree tree, in TreePath path, long total)
    {
        long rank = 0;
        for (int level = 0; level < tree.Height - 1; level++)
        {
            ReadOnlySpan<byte> page = tree.Peek(path.Numbers[level]);
            int at = path.Slots[level];
            int children = new LeafPage(page).Count;
            long below = InnerPage.CountAt(page, at);

            // From the end that is nearer.
            rank += at < children / 2 ? Sum(page, 0, at) : total - below - Sum(page, at + 1, children);
            total = below;
        }

        return rank;
    }

    private static long Sum(ReadOnlySpan<byte> page, int start, int end)
    {
        long sum = 0;
        for (int slot = start; slot < end; slot++)
        {
            sum += InnerPage.CountAt(page, slot);
        }

        return sum;
    }

    /// <summary>The leaf with the field that ends first.</summary>
    /// <returns>No field ends before; <see cref="Child.NeverDue"/> when the tree is one leaf, which the caller has to
    /// read.</returns>
    public static ulong ToDue(in PageTree tree, ref TreePath path)
    {
        ulong number = tree.Root;
        ulong due = Child.NeverDue;
        for (int level = 0; ; level++)
        {
            path.Numbers[level] = number;
            if (level == tree.Height - 1)
            {
                return due;
            }

            ReadOnlySpan<byte> page = tree.Peek(number);
            int count = new LeafPage(page).Count;
            Child first = InnerPage.ChildAt(page, 0);
            path.Slots[level] = 0;
            for (int slot = 1; slot < count; slot++)
            {
                Child child = InnerPage.ChildAt(page, slot);
                if (child.Due < first.Due)
                {
                    first = child;
                    path.Slots[level] = slot;
                }
            }

            due = Math.Min(due, first.Due);
            number = first.Number;
        }
    }

    /// <summary>Goes to the next leaf.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="low">Everything from there on is in that leaf or behind it.</param>
    /// <returns>False at the end.</returns>
    public static bool MoveNext(in PageTree tree, ref TreePath path, out ulong low)
    {
        for (int level = tree.Height - 2; level >= 0; level--)
        {
            ReadOnlySpan<byte> page = tree.Peek(path.Numbers[level]);
            int slot = path.Slots[level] + 1;
            if (slot < new LeafPage(page).Count)
            {
                low = InnerPage.LowAt(page, slot);
                path.Slots[level] = slot;
                Descend(tree, ref path, level, InnerPage.NumberAt(page, slot), atEnd: false);
                return true;
            }
        }

        low = 0;
        return false;
    }

    /// <summary>Goes to the leaf before.</summary>
    /// <returns>False at the start.</returns>
    public static bool MovePrevious(in PageTree tree, ref TreePath path)
    {
        for (int level = tree.Height - 2; level >= 0; level--)
        {
            if (path.Slots[level] > 0)
            {
                path.Slots[level]--;
                ulong number = InnerPage.NumberAt(tree.Peek(path.Numbers[level]), path.Slots[level]);
                Descend(tree, ref path, level, number, atEnd: true);
                return true;
            }
        }

        return false;
    }

    private static void Descend(in PageTree tree, ref TreePath path, int level, ulong number, bool atEnd)
    {
        for (level++; ; level++)
        {
            path.Numbers[level] = number;
            if (level == tree.Height - 1)
            {
                return;
            }

            ReadOnlySpan<byte> page = tree.Peek(number);
            path.Slots[level] = atEnd ? new LeafPage(page).Count - 1 : 0;
            number = InnerPage.NumberAt(page, path.Slots[level]);
        }
    }

    private static bool IsAtOrBehindFirst(in PageTree tree, ulong number, double score, ReadOnlySpan<byte> member)
    {
        while (true)
        {
            ReadOnlySpan<byte> page = tree.Peek(number);
            if (new LeafPage(page).Kind != EntryKind.None)
            {
                var first = Entry.Read(EntryKind.Scored, page[LeafPage.HeadBytes..]);
                return ScoreOrder.Compare(first.Score, first.Name, score, member) <= 0;
            }

            number = InnerPage.NumberAt(page, 0);
        }
    }
}
