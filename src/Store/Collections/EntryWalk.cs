using System.Buffers;
using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>Visits entries of a collection with an order, from a rank on.</summary>
internal static class EntryWalk
{
    /// <summary>Visits.</summary>
    /// <param name="tree">The pages of a large one.</param>
    /// <param name="opened">The collection.</param>
    /// <param name="start">Rank of the first entry; from the end when <paramref name="isReverse"/>.</param>
    /// <param name="count">Most entries.</param>
    /// <param name="isReverse">From the end to the start.</param>
    /// <param name="visitor">Receives them.</param>
    public static void Run(
        in PageTree tree, in Opened opened, long start, long count, bool isReverse, IElementVisitor visitor)
    {
        if (start < 0 || start >= opened.Head.Count || count <= 0)
        {
            return;
        }

        long rank = isReverse ? opened.Head.Count - 1 - start : start;
        if (!opened.Head.IsTree)
        {
            VisitLeaf(tree.Kind, opened.Entries, (int)opened.Head.Count, (int)rank, ref count, isReverse, visitor);
            return;
        }

        var path = default(TreePath);
        int index = TreeSearch.ToRank(tree, rank, ref path);
        while (true)
        {
            LeafPage leaf = tree.Leaf(path);
            index = index < 0 ? leaf.Count - 1 : index;
            bool goesOn = VisitLeaf(tree.Kind, leaf.Entries, leaf.Count, index, ref count, isReverse, visitor);
            if (!goesOn || count == 0
                || !(isReverse ? TreeSearch.MovePrevious(tree, ref path) : TreeSearch.MoveNext(tree, ref path, out _)))
            {
                return;
            }

            index = isReverse ? -1 : 0;
        }
    }

    private static bool VisitLeaf(
        EntryKind kind, ReadOnlySpan<byte> entries, int total, int index, ref long count, bool isReverse,
        IElementVisitor visitor)
    {
        if (!isReverse)
        {
            for (int at = EntryList.OffsetOf(kind, entries, index); at < entries.Length && count > 0; count--)
            {
                var entry = Entry.Read(kind, entries[at..]);
                if (!visitor.Visit(new ElementView(entry)))
                {
                    return false;
                }

                at += entry.Length;
            }

            return true;
        }

        // Entries are read from their start only.
        int[] offsets = ArrayPool<int>.Shared.Rent(total);
        try
        {
            for (int i = 0, at = 0; i <= index; i++)
            {
                offsets[i] = at;
                at += Entry.Read(kind, entries[at..]).Length;
            }

            for (; index >= 0 && count > 0; index--, count--)
            {
                if (!visitor.Visit(new ElementView(Entry.Read(kind, entries[offsets[index]..]))))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(offsets);
        }
    }
}
