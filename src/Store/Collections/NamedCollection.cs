using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>Hashes and sets: entries that are found by their name and have no order of their own.</summary>
public abstract class NamedCollection : Collection
{
    private readonly EntryKind _kind;
    private readonly ItemType _type;

    private protected NamedCollection(Shard shard, ItemType type, EntryKind kind)
        : base(shard, type, kind, TreeOrder.Hash)
    {
        _kind = kind;
        _type = type;
    }

    /// <summary>Ends an entry; the item ends with its last one.</summary>
    /// <returns><see cref="Lookup.Absent"/> when there is none of that name.</returns>
    public Lookup Remove(in ItemKey key, ReadOnlySpan<byte> name, long now)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        if (found != Lookup.Found)
        {
            return found;
        }

        Shard.BeginChange();
        bool isRemoved = TryRemove(key, opened, name, now);
        Shard.EndChange();
        return isRemoved ? Lookup.Found : Lookup.Absent;
    }

    /// <summary>
    /// Steps an iteration on, from cursor 0 back to cursor 0, until at least <paramref name="count"/> entries were
    /// visited. One that is there from the start to the end is visited at least once, whatever else is written
    /// meanwhile; one may be visited twice. A step visits what lies in one page more at most; a packed collection is
    /// visited as a whole.
    /// </summary>
    /// <param name="key">The item.</param>
    /// <param name="cursor">Where to go on; below 2^62.</param>
    /// <param name="count">Entries to visit, about.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="visitor">Receives the entries.</param>
    /// <param name="next">The next cursor; 0 at the end.</param>
    public Lookup Scan(in ItemKey key, ulong cursor, int count, long now, IElementVisitor visitor, out ulong next)
    {
        next = 0;
        Lookup found = OpenLive(key, now, out Opened opened);
        if (found != Lookup.Found)
        {
            return found;
        }

        if (!opened.Head.IsTree)
        {
            PageScan.Visit(_kind, opened.Entries, now, visitor);
        }
        else
        {
            next = PageScan.Step(TreeOf(key, opened.Head), cursor, count, now, visitor);
        }

        NoteRead(key, now);
        return Lookup.Found;
    }

    /// <summary>
    /// As <see cref="Scan"/>, but one that is there from the start to the end is visited once and not twice: who makes
    /// one answer of all steps may use it.
    /// </summary>
    public Lookup ScanOnce(in ItemKey key, ulong cursor, int count, long now, IElementVisitor visitor, out ulong next)
    {
        next = 0;
        Lookup found = OpenLive(key, now, out Opened opened, isAccess: true);
        if (found != Lookup.Found)
        {
            return found;
        }

        if (opened.Head.IsTree)
        {
            next = PageScan.Step(TreeOf(key, opened.Head), cursor, count, now, visitor, Shard.Collections);
        }
        else if (cursor == 0)
        {
            PageScan.Visit(_kind, opened.Entries, now, visitor);
        }

        return Lookup.Found;
    }

    /// <summary>Whether the entries of a large collection have so few bytes that all of them can be taken at
    /// once.</summary>
    /// <param name="key">The item.</param>
    /// <param name="view">What was found under it.</param>
    /// <param name="mostBytes">Bytes of the entries.</param>
    public bool IsShort(scoped in ItemKey key, scoped in CollectionView view, int mostBytes)
    {
        PageTree tree = TreeOf(key, view.Opened.Head);
        ReadOnlySpan<byte> root = tree.Peek(tree.Root);
        long bytes = tree.Height == 1 ? new LeafPage(root).Used : 0;
        int children = tree.Height == 1 ? 0 : new LeafPage(root).Count;
        for (int slot = 0; slot < children && tree.Height == 2 && bytes <= mostBytes; slot++)
        {
            bytes += new LeafPage(tree.Peek(InnerPage.NumberAt(root, slot))).Used;
        }

        return tree.Height <= 2 && bytes <= mostBytes;
    }

    /// <summary>Visits entries by their number in the order that <see cref="Scan"/> has.</summary>
    /// <param name="key">The item.</param>
    /// <param name="start">Number of the first one, from 0.</param>
    /// <param name="count">Most entries to visit.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="visitor">Receives them.</param>
    public Lookup Walk(in ItemKey key, long start, long count, long now, IElementVisitor visitor)
    {
        Lookup found = OpenLive(key, now, out Opened opened, isAccess: true);
        if (found == Lookup.Found)
        {
            EntryWalk.Run(TreeOf(key, opened.Head), opened, start, count, isReverse: false, visitor);
        }

        return found;
    }

    /// <summary>Visits one entry, each with the same chance.</summary>
    public Lookup VisitRandom(in ItemKey key, Random random, long now, IElementVisitor visitor)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        if (found != Lookup.Found)
        {
            return found;
        }

        long rank = random.NextInt64(opened.Head.Count);
        ReadOnlySpan<byte> entries = opened.Entries;
        if (opened.Head.IsTree)
        {
            PageTree tree = TreeOf(key, opened.Head);
            var path = default(TreePath);
            rank = TreeSearch.ToRank(tree, rank, ref path);
            entries = tree.Leaf(path).Entries;
        }

        var entry = Entry.Read(_kind, entries[EntryList.OffsetOf(_kind, entries, (int)rank)..]);
        visitor.Visit(new ElementView(entry));
        NoteRead(key, now);
        return Lookup.Found;
    }

    private protected bool TryFind(
        scoped in ItemKey key, scoped in Opened opened, scoped ReadOnlySpan<byte> name, scoped ref TreePath path,
        out int offset, out Entry entry)
    {
        if (!opened.Head.IsTree)
        {
            return EntryList.TryFind(_kind, opened.Entries, name, out offset, out entry);
        }

        PageTree tree = TreeOf(key, opened.Head);
        TreeSearch.ToHash(tree, Shard.Collections.OrderOf(name), ref path);
        return EntryList.TryFind(_kind, tree.Leaf(path).Entries, name, out offset, out entry);
    }

    /// <summary>Writes an entry, new or over the one of its name.</summary>
    private protected ElementWrite Write(
        in ItemKey key, in Opened opened, ReadOnlySpan<byte> name, ReadOnlySpan<byte> entry, byte marks, ulong due,
        long now)
    {
        var path = default(TreePath);
        bool exists = TryFind(key, opened, name, ref path, out int offset, out Entry old);
        ElementWrite outcome = exists && !old.IsExpired(now) ? ElementWrite.Replaced : ElementWrite.Added;
        int removed = exists ? old.Length : 0;
        return WriteAt(key, opened, name, ref path, offset, removed, entry, marks, due, now, outcome);
    }

    /// <summary>Writes an entry where <see cref="TryFind"/> has looked for it.</summary>
    /// <returns><paramref name="outcome"/>, or that memory is out.</returns>
    private protected ElementWrite WriteAt(
        in ItemKey key, in Opened opened, ReadOnlySpan<byte> name, ref TreePath path, int offset, int removed,
        ReadOnlySpan<byte> entry, byte marks, ulong due, long now, ElementWrite outcome)
    {
        int growth = removed > 0 ? 0 : 1;
        if (FitsPacked(opened, removed, entry.Length))
        {
            var edit = new PackedEdit(offset, removed, growth, marks, due);
            return TrySplicePacked(key, opened, edit, entry, now) ? outcome : ElementWrite.OutOfMemory;
        }

        using PinScope pin = Shard.Collections.Pin(key);
        if (!opened.Exists)
        {
            return TryMakeLarge(key, opened, 1, entry, marks, due, now) ? outcome : ElementWrite.OutOfMemory;
        }

        CollectionHead head = opened.Head;
        if (!head.IsTree)
        {
            if (!TryMakeLarge(key, opened, (int)head.Count, opened.Entries, marks, Child.NeverDue, now))
            {
                return ElementWrite.OutOfMemory;
            }

            Open(key, now, out Opened large);
            head = large.Head;
            TreeSearch.ToHash(TreeOf(key, head), Shard.Collections.OrderOf(name), ref path);
        }

        PageTree tree = TreeOf(key, head);
        if (!tree.TrySplice(ref path, offset, removed, entry, growth, due))
        {
            Refuse();
            return ElementWrite.OutOfMemory;
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
        head.Count += growth;
        head.Marks |= marks;
        head.Due = Math.Min(head.Due, due);
        Close(key, head, now);
        return outcome;
    }

    private protected bool TryRemove(in ItemKey key, in Opened opened, ReadOnlySpan<byte> name, long now)
    {
        var path = default(TreePath);
        if (!TryFind(key, opened, name, ref path, out int offset, out Entry entry))
        {
            return false;
        }

        bool wasThere = !entry.IsExpired(now);
        RemoveAt(key, opened, ref path, offset, entry.Length, now);
        Note(key, new ElementChange { Kind = ElementChangeKind.Removed, Type = _type, Name = name }, now);
        return wasThere;
    }

    /// <summary>Ends one entry.</summary>
    private protected void RemoveAt(
        in ItemKey key, in Opened opened, ref TreePath path, int offset, int length, long now)
    {
        CollectionHead head = opened.Head;
        head.Count--;
        if (head.IsTree)
        {
            using PinScope pin = Shard.Collections.Pin(key);
            PageTree tree = TreeOf(key, head);
            tree.TrySplice(ref path, offset, length, default, growth: -1);
            head.Root = tree.Root;
            head.Height = tree.Height;
            Close(key, head, now);
        }
        else if (head.Count == 0)
        {
            Shard.Remove(key, RemoveReason.Deleted, now);
        }
        else
        {
            var edit = new PackedEdit(offset, length, Growth: -1, Marks: 0, Child.NeverDue);
            TrySplicePacked(key, opened, edit, default, now);
        }
    }
}
