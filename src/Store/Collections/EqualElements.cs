using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Looks for equal elements of a list, leaf by leaf. One that is another one costs its length only, some 5 ns: a look
/// at a million of them is one step.
/// </summary>
internal static class EqualElements
{
    /// <summary>Looks through a list.</summary>
    /// <param name="tree">The pages of a large one.</param>
    /// <param name="opened">The list.</param>
    /// <param name="element">What is looked for.</param>
    /// <param name="count">Elements that are compared at most.</param>
    /// <param name="isReverse">From the end to the start.</param>
    /// <param name="visitor">Receives the places.</param>
    public static void Find(
        in PageTree tree, in Opened opened, ReadOnlySpan<byte> element, long count, bool isReverse,
        IPlaceVisitor visitor)
    {
        count = Math.Min(count, opened.Head.Count);
        if (count <= 0)
        {
            return;
        }

        if (!opened.Head.IsTree)
        {
            int all = (int)opened.Head.Count;
            FindIn(opened.Entries, all, 0, element, (int)count, isReverse, visitor);
            return;
        }

        var path = default(TreePath);
        TreeSearch.ToRank(tree, isReverse ? opened.Head.Count - 1 : 0, ref path);
        long before = isReverse ? opened.Head.Count : 0;
        bool goesOn = true;
        while (goesOn && count > 0)
        {
            LeafPage leaf = tree.Leaf(path);
            before -= isReverse ? leaf.Count : 0;
            int here = (int)Math.Min(count, leaf.Count);
            goesOn = FindIn(leaf.Entries, leaf.Count, before, element, here, isReverse, visitor)
                && (isReverse ? TreeSearch.MovePrevious(tree, ref path) : TreeSearch.MoveNext(tree, ref path, out _));
            before += isReverse ? 0 : leaf.Count;
            count -= here;
        }
    }

    // Entries are read from their start only: from behind, equal ones are counted before they are told.
    private static bool FindIn(
        ReadOnlySpan<byte> entries, int total, long before, ReadOnlySpan<byte> element, int count, bool isReverse,
        IPlaceVisitor visitor)
    {
        int first = isReverse ? total - count : 0;
        List<int>? found = null;
        int index = 0;
        for (int at = 0; at < entries.Length && index < first + count; index++)
        {
            int length = (int)Varint.Read(entries, ref at);
            if (length == element.Length && index >= first && entries.Slice(at, length).SequenceEqual(element))
            {
                if (isReverse)
                {
                    (found ??= []).Add(index);
                }
                else if (!visitor.Visit(before + index))
                {
                    return false;
                }
            }

            at += length;
        }

        for (int i = (found?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (!visitor.Visit(before + found![i]))
            {
                return false;
            }
        }

        return true;
    }
}
