using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Iteration in the order of hashes: the cursor is the hash up to which all were visited, so cutting and joining pages
/// changes nothing for it.
/// </summary>
internal static class PageScan
{
    /// <summary>Visits pages from a cursor on.</summary>
    /// <returns>The next cursor; 0 at the end.</returns>
    /// <param name="tree">The tree.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="count">Entries to visit, about.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="visitor">Receives the entries.</param>
    /// <param name="order">When given, what lies before the cursor is left out.</param>
    public static ulong Step(
        in PageTree tree, ulong cursor, int count, long now, IElementVisitor visitor, ShardCollections? order = null)
    {
        var path = default(TreePath);
        TreeSearch.ToHash(tree, cursor, ref path);
        while (true)
        {
            LeafPage leaf = tree.Leaf(path);
            Visit(tree.Kind, leaf.Entries, now, visitor, order, cursor);
            order = null;
            count -= leaf.Count;
            if (!TreeSearch.MoveNext(tree, ref path, out ulong low))
            {
                return 0;
            }

            if (count <= 0)
            {
                return low;
            }
        }
    }

    /// <summary>Visits entries whose time is not over.</summary>
    public static void Visit(
        EntryKind kind, ReadOnlySpan<byte> entries, long now, IElementVisitor visitor, ShardCollections? order = null,
        ulong from = 0)
    {
        while (!entries.IsEmpty)
        {
            var entry = Entry.Read(kind, entries);
            if (!entry.IsExpired(now) && (order is null || order.OrderOf(entry.Name) >= from))
            {
                visitor.Visit(new ElementView(entry));
            }

            entries = entries[entry.Length..];
        }
    }
}
