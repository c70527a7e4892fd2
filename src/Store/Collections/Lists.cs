using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>Lists: elements in a row. Places are counted from 0 at the start.</summary>
public sealed class Lists : OrderedCollection
{
    internal Lists(Shard shard)
        : base(shard, ItemType.List, EntryKind.Element, TreeOrder.Position)
    {
    }

    /// <summary>Finds the element at a place.</summary>
    public Lookup Find(in ItemKey key, long index, long now, out ElementView element)
    {
        element = default;
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found || index < 0 || index >= opened.Head.Count)
        {
            return found == Lookup.WrongType ? found : Lookup.Absent;
        }

        NoteRead(key, now);
        var path = default(TreePath);
        ReadOnlySpan<byte> entries = LeafOf(key, opened, ref path, ref index);
        int offset = EntryList.OffsetOf(EntryKind.Element, entries, (int)index);
        element = new ElementView(Entry.Read(EntryKind.Element, entries[offset..]));
        return Lookup.Found;
    }

    /// <summary>Finds the places of equal elements.</summary>
    /// <param name="key">The item.</param>
    /// <param name="element">What is looked for.</param>
    /// <param name="count">Elements that are compared at most.</param>
    /// <param name="isReverse">From the end to the start.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="visitor">Receives the places.</param>
    public Lookup FindEqual(
        in ItemKey key, ReadOnlySpan<byte> element, long count, bool isReverse, long now, IPlaceVisitor visitor)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found == Lookup.Found)
        {
            NoteRead(key, now);
            EqualElements.Find(TreeOf(key, opened.Head), opened, element, count, isReverse, visitor);
        }

        return found;
    }

    /// <summary>Puts an element before all others, and makes the list when there is none.</summary>
    public ElementWrite AddFirst(in ItemKey key, ReadOnlySpan<byte> element, long now) => Insert(key, 0, element, now);

    /// <summary>Puts an element behind all others, and makes the list when there is none.</summary>
    public ElementWrite AddLast(in ItemKey key, ReadOnlySpan<byte> element, long now) =>
        Insert(key, long.MaxValue, element, now);

    /// <summary>Puts an element before the one at a place.</summary>
    /// <param name="key">The item.</param>
    /// <param name="index">The place; from the length on: behind all others.</param>
    /// <param name="element">The element.</param>
    /// <param name="now">Unix milliseconds.</param>
    public ElementWrite Insert(in ItemKey key, long index, ReadOnlySpan<byte> element, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found == Lookup.WrongType)
        {
            return ElementWrite.WrongType;
        }

        index = Math.Min(index, opened.Head.Count);
        using var entry = new Scratch(Entry.SizeOfName(element));
        Shard.BeginChange();
        Entry.WriteName(entry.Span, element);
        bool isStored = TrySplice(key, opened, index, removed: 0, entry.Span, now);
        if (isStored)
        {
            Note(key, new ElementChange
            {
                Kind = ElementChangeKind.Inserted,
                Type = ItemType.List,
                Name = entry.Span[^element.Length..],
                Index = index,
                Count = opened.Head.Count,
            }, now);
        }

        Shard.EndChange();
        return isStored ? ElementWrite.Added : ElementWrite.OutOfMemory;
    }

    /// <summary>Replaces the element at a place.</summary>
    /// <returns><see cref="ElementWrite.OutOfRange"/> when there is none, or no list.</returns>
    public ElementWrite Set(in ItemKey key, long index, ReadOnlySpan<byte> element, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found || index < 0 || index >= opened.Head.Count)
        {
            return found == Lookup.WrongType ? ElementWrite.WrongType : ElementWrite.OutOfRange;
        }

        using var entry = new Scratch(Entry.SizeOfName(element));
        Shard.BeginChange();
        Entry.WriteName(entry.Span, element);
        bool isStored = TrySplice(key, opened, index, removed: 1, entry.Span, now);
        if (isStored)
        {
            Note(key, new ElementChange
            {
                Kind = ElementChangeKind.ReplacedAt,
                Type = ItemType.List,
                Name = entry.Span[^element.Length..],
                Index = index,
            }, now);
        }

        Shard.EndChange();
        return isStored ? ElementWrite.Replaced : ElementWrite.OutOfMemory;
    }

    /// <summary>Ends elements; the item ends with its last one.</summary>
    /// <param name="key">The item.</param>
    /// <param name="index">Place of the first one.</param>
    /// <param name="count">How many; those that are there.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns><see cref="Lookup.Absent"/> when there is none at the place.</returns>
    public Lookup RemoveAt(in ItemKey key, long index, long count, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found || index < 0 || index >= opened.Head.Count || count <= 0)
        {
            return found == Lookup.WrongType ? found : Lookup.Absent;
        }

        Shard.BeginChange();
        count = Math.Min(count, opened.Head.Count - index);
        if (count == opened.Head.Count && !opened.Head.IsTree)
        {
            Shard.Remove(key, RemoveReason.Deleted, now);
        }
        else if (opened.Head.IsTree)
        {
            RemoveFromTree(key, opened.Head, index, count, now);
        }
        else
        {
            (int start, int length) = RangeOf(opened.Entries, (int)index, (int)count);
            var edit = new PackedEdit(start, length, (int)-count, Marks: 0, Child.NeverDue);
            TrySplicePacked(key, opened, edit, default, now);
        }

        Note(key, new ElementChange
        {
            Kind = ElementChangeKind.RemovedAt,
            Type = ItemType.List,
            Index = index,
            Count = count,
        }, now);
        Shard.EndChange();
        return Lookup.Found;
    }

    private static (int Start, int Length) RangeOf(ReadOnlySpan<byte> entries, int index, int count)
    {
        int start = EntryList.OffsetOf(EntryKind.Element, entries, index);
        return (start, EntryList.OffsetOf(EntryKind.Element, entries[start..], count));
    }

    // The entries that a place lies in, and its number among them.
    private ReadOnlySpan<byte> LeafOf(
        scoped in ItemKey key, scoped in Opened opened, scoped ref TreePath path, scoped ref long index)
    {
        if (!opened.Head.IsTree)
        {
            return opened.Entries;
        }

        PageTree tree = TreeOf(key, opened.Head);
        index = TreeSearch.ToRank(tree, index, ref path);
        return tree.Leaf(path).Entries;
    }

    // One element for at most one other.
    private bool TrySplice(
        in ItemKey key, in Opened opened, long index, int removed, ReadOnlySpan<byte> entry, long now)
    {
        var path = default(TreePath);
        long place = index;
        (int offset, int length) = opened.Exists
            ? RangeOf(LeafOf(key, opened, ref path, ref place), (int)place, removed)
            : (0, 0);
        byte marks = entry.Length > NarrowBytes ? CollectionHead.WideMark : (byte)0;
        int growth = 1 - removed;
        if (FitsPacked(opened, length, entry.Length))
        {
            var edit = new PackedEdit(offset, length, growth, marks, Child.NeverDue);
            return TrySplicePacked(key, opened, edit, entry, now);
        }

        using PinScope pin = Shard.Collections.Pin(key);
        if (!opened.Exists)
        {
            return TryMakeLarge(key, opened, 1, entry, marks, Child.NeverDue, now);
        }

        CollectionHead head = opened.Head;
        if (!head.IsTree)
        {
            if (!TryMakeLarge(key, opened, (int)head.Count, opened.Entries, marks, Child.NeverDue, now))
            {
                return false;
            }

            Open(key, now, out Opened large);
            head = large.Head;
            TreeSearch.ToRank(TreeOf(key, head), index, ref path);
        }

        PageTree tree = TreeOf(key, head);
        if (!tree.TrySplice(ref path, offset, length, entry, growth))
        {
            return Refuse();
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
        head.Count += growth;
        head.Marks |= marks;
        Close(key, head, now);
        return true;
    }

    // Leaf by leaf.
    private void RemoveFromTree(in ItemKey key, CollectionHead head, long index, long count, long now)
    {
        using PinScope pin = Shard.Collections.Pin(key);
        PageTree tree = TreeOf(key, head);
        while (count > 0)
        {
            var path = default(TreePath);
            int place = TreeSearch.ToRank(tree, index, ref path);
            LeafPage leaf = tree.Leaf(path);
            int here = (int)Math.Min(count, leaf.Count - place);
            (int start, int length) = RangeOf(leaf.Entries, place, here);
            tree.TrySplice(ref path, start, length, default, -here);
            head.Count -= here;
            count -= here;
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
        Close(key, head, now);
    }
}
