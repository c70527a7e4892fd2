using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Proves that the collections of a locked shard are what their heads and inner pages say, that entries lie where they
/// are looked for, and that every page belongs to one of them. For tests and for a support case.
/// </summary>
internal sealed class CollectionChecker(Shard shard) : IItemVisitor
{
    private readonly HashSet<ulong> _pages = [];
    private int _database;
    // When the last field of the page that was looked at ends.
    private ulong _last;

    /// <summary>Collections that were looked at.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public bool WantsValues => true;

    /// <summary>Looks at one database.</summary>
    /// <exception cref="InvalidOperationException">Something does not agree.</exception>
    public void Check(int database, long now)
    {
        _database = database;
        _pages.Clear();
        ulong cursor = 0;
        do
        {
            cursor = shard.ScanStep(database, cursor, now, this);
        }
        while (cursor != 0);

        // Those of collections that have ended or expired are given back by upkeep.
        long there = shard.Collections.Pages.CountOf(database);
        Require(_pages.Count <= there, $"{_pages.Count} pages of collections, {there} are there");
        Require(
            !shard.Collections.Reclaimer.IsDone || _pages.Count == there,
            $"{there - _pages.Count} pages belong to no collection");
    }

    /// <inheritdoc/>
    public void Visit(ReadOnlySpan<byte> key, in ItemView item)
    {
        if (item.Type == ItemType.String)
        {
            return;
        }

        Count++;
        var head = CollectionHead.Read(item.Value, out int length);
        EntryKind kind = item.Type switch
        {
            ItemType.Hash => EntryKind.Field,
            ItemType.Set => EntryKind.Member,
            ItemType.SortedSet => EntryKind.Scored,
            ItemType.List => EntryKind.Element,
            _ => EntryKind.None,
        };
        Require(kind != EntryKind.None, $"an item has type {item.Type}");
        Require(head.Count > 0, "an empty collection");
        if (!head.IsTree)
        {
            Require(item.Value.Length - length <= Collection.PackedBytes, "a packed collection is too long");
            CheckEntries(kind, item.Value[length..], head.Count, head.Due, isOrdered: true);
            return;
        }

        Require(item.Value.Length == length, "something follows the head of a large collection");
        TreeOrder order = kind switch
        {
            EntryKind.Scored => TreeOrder.Score,
            EntryKind.Element => TreeOrder.Position,
            _ => TreeOrder.Hash,
        };
        CheckTree(kind, order, head.Root, head.Height, head.Count, head.Due);
        ulong last = head.Last == 0 ? Child.NeverDue : head.Last;
        Require(kind != EntryKind.Field || last == _last, "a hash does not end with its last field");
        if (kind == EntryKind.Scored)
        {
            CheckTree(kind, TreeOrder.Hash, head.OtherRoot, head.OtherHeight, head.Count, Child.NeverDue);
            CheckPairs(head);
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static void CheckEntries(
        EntryKind kind, ReadOnlySpan<byte> entries, long count, ulong due, bool isOrdered)
    {
        ulong earliest = Child.NeverDue;
        double score = double.NegativeInfinity;
        ReadOnlySpan<byte> name = default;
        for (; !entries.IsEmpty; count--)
        {
            var entry = Entry.Read(kind, entries);
            if (kind == EntryKind.Field && entry.ExpiresAt != 0)
            {
                earliest = Math.Min(earliest, (ulong)entry.ExpiresAt);
            }

            Require(
                kind != EntryKind.Scored || !isOrdered || ScoreOrder.Compare(score, name, entry.Score, entry.Name) <= 0,
                "members are not in their order");
            score = entry.Score;
            name = entry.Name;
            entries = entries[entry.Length..];
        }

        Require(count == 0, $"{count} entries more are counted than there are");
        Require(due <= earliest, "a field ends earlier than it is looked for");
    }

    private void CheckTree(EntryKind kind, TreeOrder order, ulong root, int height, long count, ulong due)
    {
        var bounds = new Bounds(0, ulong.MaxValue);
        long found = CheckPage(kind, order, root, height, bounds, due, isRoot: true);
        Require(found == count, $"{count} entries are counted, {found} are there");
    }

    private long CheckPage(
        EntryKind kind, TreeOrder order, ulong number, int height, Bounds bounds, ulong due, bool isRoot)
    {
        Require(_pages.Add(number), "a page is used twice");
        ReadOnlySpan<byte> page = shard.Collections.Pages.Peek(_database, number);
        var head = new LeafPage(page);
        Require(head.Used <= page.Length - LeafPage.HeadBytes, "a page is fuller than it is long");
        if (height == 1)
        {
            Require(head.Kind == kind, "a leaf has entries of another kind");
            CheckLeaf(kind, order, head, bounds, due);
            _last = LeafCutter.LatestEnd(kind, head.Entries);
            return head.Count;
        }

        Require(head.Kind == EntryKind.None, "an inner page has entries");
        Require(head.Count >= (isRoot ? 2 : 1), "an inner page has too few children");
        long count = 0;
        ulong last = 0;
        for (int slot = 0; slot < head.Count; slot++)
        {
            Child child = InnerPage.ChildAt(page, slot);
            ulong low = slot == 0 ? bounds.Low : child.Low;
            ulong end = slot + 1 < head.Count ? InnerPage.LowAt(page, slot + 1) : bounds.End;
            Require(low <= end, "children are not in their order");
            Require(kind != EntryKind.Field || due <= child.Due, "an inner page is due too late");
            ulong childDue = kind == EntryKind.Field ? child.Due : Child.NeverDue;
            long below =
                CheckPage(kind, order, child.Number, height - 1, new Bounds(low, end), childDue, isRoot: false);
            Require(below == child.Count, $"{child.Count} entries are counted below, {below} are there");
            Require(kind != EntryKind.Field || child.Last == _last, "an inner page has another last expiry");
            last = Math.Max(last, _last);
            count += below;
        }

        _last = last;
        return count;
    }

    private void CheckLeaf(EntryKind kind, TreeOrder order, LeafPage leaf, Bounds bounds, ulong due)
    {
        Require(leaf.Count > 0, "an empty leaf");
        CheckEntries(kind, leaf.Entries, leaf.Count, due, isOrdered: order != TreeOrder.Hash);

        ReadOnlySpan<byte> entries = leaf.Entries;
        while (!entries.IsEmpty)
        {
            var entry = Entry.Read(kind, entries);
            ulong at = order switch
            {
                TreeOrder.Hash => shard.Collections.OrderOf(entry.Name),
                TreeOrder.Score => ScoreOrder.Of(entry.Score),
                _ => 0,
            };

            // Members with one score may lie on both sides of a border.
            bool isBelowEnd = order == TreeOrder.Hash ? at < bounds.End : at <= bounds.End;
            Require(at >= bounds.Low && isBelowEnd, "an entry lies in the wrong page");
            entries = entries[entry.Length..];
        }
    }

    private void CheckPairs(in CollectionHead head)
    {
        PageStore pages = shard.Collections.Pages;
        var byScore = new PageTree(pages, shard.Collections.Cutter, _database, EntryKind.Scored, TreeOrder.Score)
        {
            Root = head.Root,
            Height = head.Height,
        };
        var byHash = new PageTree(pages, shard.Collections.Cutter, _database, EntryKind.Scored, TreeOrder.Hash)
        {
            Root = head.OtherRoot,
            Height = head.OtherHeight,
        };
        var path = default(TreePath);
        TreeSearch.ToRank(byScore, 0, ref path);
        double lastScore = double.NegativeInfinity;
        byte[] lastName = [];
        do
        {
            ReadOnlySpan<byte> entries = byScore.Leaf(path).Entries;
            while (!entries.IsEmpty)
            {
                var entry = Entry.Read(EntryKind.Scored, entries);
                Require(
                    ScoreOrder.Compare(lastScore, lastName, entry.Score, entry.Name) <= 0,
                    "leaves are not in their order");
                (lastScore, lastName) = (entry.Score, entry.Name.ToArray());
                var other = default(TreePath);
                TreeSearch.ToHash(byHash, shard.Collections.OrderOf(entry.Name), ref other);
                bool isThere = EntryList.TryFind(
                    EntryKind.Scored, byHash.Leaf(other).Entries, entry.Name, out _, out Entry twin);
                Require(isThere && twin.Score.Equals(entry.Score), "a member has two scores");
                entries = entries[entry.Length..];
            }
        }
        while (TreeSearch.MoveNext(byScore, ref path, out _));
    }

    private readonly record struct Bounds(ulong Low, ulong End);
}
