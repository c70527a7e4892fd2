using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Gives back the pages of collections that have ended, in bounded steps: their item is gone at once, and nobody can
/// reach them any more.
/// </summary>
internal sealed class PageReclaimer(PageStore pages)
{
    // Two lines of the index and the page's own, each from memory.
    private const int StepsPerPage = 5;

    private readonly List<(int Database, ulong Number)> _ended = [];

    /// <summary>True when there is nothing to give back.</summary>
    public bool IsDone => _ended.Count == 0;

    /// <summary>Takes the trees of a value that ended.</summary>
    public void Add(int database, ReadOnlySpan<byte> value)
    {
        var head = CollectionHead.Read(value, out _);
        if (head.IsTree)
        {
            Add(database, head);
        }
    }

    /// <summary>Takes the trees of a large collection that ended.</summary>
    public void Add(int database, in CollectionHead head)
    {
        AddTree(database, head.Root);
        AddTree(database, head.OtherRoot);
    }

    /// <summary>All pages of a database are gone.</summary>
    public void Forget(int database) => _ended.RemoveAll(tree => tree.Database == database);

    /// <summary>Goes on.</summary>
    /// <returns>True when there is nothing left.</returns>
    public bool Step(ref int steps)
    {
        while (_ended.Count > 0)
        {
            if (steps <= 0)
            {
                return false;
            }

            steps -= StepsPerPage;
            (int database, ulong number) = _ended[^1];
            _ended.RemoveAt(_ended.Count - 1);
            ReadOnlySpan<byte> page = pages.Peek(database, number);
            var head = new LeafPage(page);
            for (int slot = 0; head.Kind == EntryKind.None && slot < head.Count; slot++)
            {
                AddTree(database, InnerPage.NumberAt(page, slot));
            }

            pages.Free(database, number);
        }

        return true;
    }

    /// <summary>Takes the tree below a page.</summary>
    /// <param name="database">Database of the items, or of their pages.</param>
    /// <param name="root">The page; 0 is none.</param>
    public void AddTree(int database, ulong root)
    {
        if (root != 0)
        {
            _ended.Add((database % ItemStore.DatabaseCount, root));
        }
    }
}
