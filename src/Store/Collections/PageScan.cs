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
    public static ulong Step(in PageTree tree, ulong cursor, int count, long now, IElementVisitor visitor)
    {
        var path = default(TreePath);
        TreeSearch.ToHash(tree, cursor, ref path);
        while (true)
        {
            LeafPage leaf = tree.Leaf(path);
            Visit(tree.Kind, leaf.Entries, now, visitor);
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
    public static void Visit(EntryKind kind, ReadOnlySpan<byte> entries, long now, IElementVisitor visitor)
    {
        while (!entries.IsEmpty)
        {
            var entry = Entry.Read(kind, entries);
            if (!entry.IsExpired(now))
            {
                visitor.Visit(new ElementView(entry));
            }

            entries = entries[entry.Length..];
        }
    }
}
