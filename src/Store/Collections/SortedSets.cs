using System.Buffers.Binary;
using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Sorted sets: members with scores, in the order of both. A large one has two trees with the same entries: one in that
/// order, which knows ranks, and one in the order of the members' hashes, which finds scores and which iterations by
/// cursor go through. Scores are never NaN.
/// </summary>
public sealed class SortedSets : OrderedCollection
{
    internal SortedSets(Shard shard)
        : base(shard, ItemType.SortedSet, EntryKind.Scored, TreeOrder.Score)
    {
    }

    /// <summary>Finds the score of a member.</summary>
    public Lookup Find(in ItemKey key, ReadOnlySpan<byte> member, long now, out double score)
    {
        score = 0;
        Lookup found = Open(key, now, out Opened opened, isAccess: true);
        if (found != Lookup.Found)
        {
            return found;
        }

        return TryFind(key, opened, member, out score) ? Lookup.Found : Lookup.Absent;
    }

    /// <summary>Finds the score of a member of a sorted set that was found.</summary>
    public bool TryFind(
        scoped in ItemKey key, scoped in CollectionView set, scoped ReadOnlySpan<byte> member, out double score)
    {
        score = 0;
        return set.Exists && TryFind(key, set.Opened, member, out score);
    }

    /// <summary>Writes a member, and makes the sorted set when there is none.</summary>
    public ElementWrite Set(in ItemKey key, ReadOnlySpan<byte> member, double score, long now)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentException("A score is a number.", nameof(score));
        }

        Lookup found = Open(key, now, out Opened opened);
        if (found == Lookup.WrongType)
        {
            return ElementWrite.WrongType;
        }

        double old = 0;
        var path = default(TreePath);
        int offset = 0;
        bool exists = found == Lookup.Found && TryFind(key, opened, member, ref path, out offset, out old);
        if (exists && BitConverter.DoubleToInt64Bits(old) == BitConverter.DoubleToInt64Bits(score))
        {
            return ElementWrite.Unchanged;
        }

        using var entry = new Scratch(Entry.SizeOfScored(member));
        Shard.BeginChange();
        Entry.WriteScored(entry.Span, score, member);
        int removed = exists ? entry.Span.Length : 0;
        byte marks = member.Length > NarrowBytes ? CollectionHead.WideMark : (byte)0;
        bool isStored = FitsPacked(opened, removed, entry.Span.Length)
            ? TrySetPacked(key, opened, entry.Span, exists ? old : null, marks, now)
            : TrySetLarge(key, opened, entry.Span, exists ? old : null, ref path, offset, marks, now);
        if (isStored)
        {
            Note(key, new ElementChange
            {
                Kind = ElementChangeKind.Put,
                Type = ItemType.SortedSet,
                Name = entry.Span[^member.Length..],
                Score = score,
            }, now);
        }

        Shard.EndChange();
        return !isStored ? ElementWrite.OutOfMemory : exists ? ElementWrite.Replaced : ElementWrite.Added;
    }

    /// <summary>Ends a member; the item ends with its last one.</summary>
    public Lookup Remove(in ItemKey key, ReadOnlySpan<byte> member, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found || !TryFind(key, opened, member, out double score))
        {
            return found == Lookup.WrongType ? found : Lookup.Absent;
        }

        Shard.BeginChange();
        CollectionHead head = opened.Head;
        if (head.IsTree)
        {
            using PinScope pin = Shard.Collections.Pin(key);
            TakeOut(key, ref head, score, member);
            TakeOutOther(key, ref head, member);
            head.Count--;
            Close(key, head, now);
        }
        else if (head.Count == 1)
        {
            Shard.Remove(key, RemoveReason.Deleted, now);
        }
        else
        {
            EntryList.TryFind(EntryKind.Scored, opened.Entries, member, out int offset, out Entry entry);
            var edit = new PackedEdit(offset, entry.Length, Growth: -1, Marks: 0, Child.NeverDue);
            TrySplicePacked(key, opened, edit, default, now);
        }

        Note(key, new ElementChange { Kind = ElementChangeKind.Removed, Type = ItemType.SortedSet, Name = member },
            now);
        Shard.EndChange();
        return Lookup.Found;
    }

    /// <summary>Number of members before a member, in ascending order.</summary>
    public Lookup Rank(in ItemKey key, ReadOnlySpan<byte> member, long now, out long rank)
    {
        Lookup found = Find(key, member, now, out double score);
        rank = 0;
        return found == Lookup.Found ? RankBefore(key, score, member, now, out rank) : found;
    }

    /// <summary>
    /// Number of members before a place in the order, whether somebody is there or not. With the empty member that is
    /// before all of a score; the range between two places is between their ranks.
    /// </summary>
    public Lookup RankBefore(in ItemKey key, double score, ReadOnlySpan<byte> member, long now, out long rank)
    {
        rank = 0;
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found)
        {
            return found;
        }

        NoteRead(key, now);
        int index;
        if (!opened.Head.IsTree)
        {
            EntryList.TryFindScored(opened.Entries, score, member, out _, out index, out _);
            rank = index;
            return Lookup.Found;
        }

        PageTree tree = TreeOf(key, opened.Head);
        var path = default(TreePath);
        TreeSearch.ToScore(tree, score, member, ref path);
        EntryList.TryFindScored(tree.Leaf(path).Entries, score, member, out _, out index, out _);
        rank = TreeSearch.RankOf(tree, path, opened.Head.Count) + index;
        return Lookup.Found;
    }

    /// <summary>Steps an iteration on; see <see cref="NamedCollection.Scan"/>.</summary>
    public Lookup Scan(in ItemKey key, ulong cursor, int count, long now, IElementVisitor visitor, out ulong next)
    {
        next = 0;
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found)
        {
            return found;
        }

        NoteRead(key, now);
        if (opened.Head.IsTree)
        {
            next = PageScan.Step(OtherTreeOf(key, opened.Head), cursor, count, now, visitor);
        }
        else
        {
            PageScan.Visit(EntryKind.Scored, opened.Entries, now, visitor);
        }

        return Lookup.Found;
    }

    private protected override bool TryBeginOther(
        in ItemKey key, int count, ReadOnlySpan<byte> entries, ref CollectionHead head)
    {
        PageTree tree = OtherTreeOf(key, head);
        if (!tree.TryBegin(count, entries))
        {
            return false;
        }

        head.OtherRoot = tree.Root;
        head.OtherHeight = tree.Height;
        return true;
    }

    private PageTree OtherTreeOf(in ItemKey key, in CollectionHead head) =>
        new(Shard.Collections.Pages, Shard.Collections.Cutter, key.Database, EntryKind.Scored, TreeOrder.Hash)
        {
            Root = head.OtherRoot,
            Height = head.OtherHeight,
        };

    private bool TryFind(
        scoped in ItemKey key, scoped in Opened opened, scoped ReadOnlySpan<byte> member, out double score)
    {
        var path = default(TreePath);
        return TryFind(key, opened, member, ref path, out _, out score);
    }

    private bool TryFind(
        scoped in ItemKey key, scoped in Opened opened, scoped ReadOnlySpan<byte> member, scoped ref TreePath path,
        out int offset, out double score)
    {
        ReadOnlySpan<byte> entries = opened.Entries;
        if (opened.Head.IsTree)
        {
            PageTree tree = OtherTreeOf(key, opened.Head);
            TreeSearch.ToHash(tree, Shard.Collections.OrderOf(member), ref path);
            entries = tree.Leaf(path).Entries;
        }

        bool exists = EntryList.TryFind(EntryKind.Scored, entries, member, out offset, out Entry entry);
        score = entry.Score;
        return exists;
    }

    private bool TrySetPacked(
        in ItemKey key, in Opened opened, ReadOnlySpan<byte> written, double? old, byte marks, long now)
    {
        var entry = Entry.Read(EntryKind.Scored, written);
        using var entries = new Scratch(opened.Entries.Length + written.Length);
        int length = opened.Entries.Length;
        opened.Entries.CopyTo(entries.Span);
        if (old is not null)
        {
            EntryList.TryFind(EntryKind.Scored, entries.Span[..length], entry.Name, out int at, out Entry gone);
            int goneLength = gone.Length;
            entries.Span[(at + goneLength)..length].CopyTo(entries.Span[at..]);
            length -= goneLength;
        }

        EntryList.TryFindScored(entries.Span[..length], entry.Score, entry.Name, out int place, out _, out _);
        entries.Span[place..length].CopyTo(entries.Span[(place + written.Length)..]);
        written.CopyTo(entries.Span[place..]);
        int count = (int)opened.Head.Count + (old is null ? 1 : 0);
        return ReplacePacked(
            key, opened, entries.Span[..(length + written.Length)], count, marks, Child.NeverDue, now);
    }

    private bool TrySetLarge(
        in ItemKey key, in Opened opened, ReadOnlySpan<byte> written, double? old, ref TreePath other, int offset,
        byte marks, long now)
    {
        using PinScope pin = Shard.Collections.Pin(key);
        if (!opened.Exists)
        {
            return TryMakeLarge(key, opened, 1, written, marks, Child.NeverDue, now);
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
            offset = PlaceInOther(key, head, written, ref other);
        }

        var entry = Entry.Read(EntryKind.Scored, written);
        if (!TryPutIn(key, ref head, written))
        {
            return Refuse();
        }

        if (!TryPutInOther(key, ref head, written, ref other, offset, exists: old is not null))
        {
            // A new member: one that is there is written over in its place.
            TakeOut(key, ref head, entry.Score, entry.Name);
            Close(key, head, now);
            return Refuse();
        }

        if (old is null)
        {
            head.Count++;
        }
        else if (old.Value != entry.Score)
        {
            TakeOut(key, ref head, old.Value, entry.Name);
        }

        head.Marks |= marks;
        Close(key, head, now);
        return true;
    }

    private bool TryPutIn(in ItemKey key, ref CollectionHead head, ReadOnlySpan<byte> written)
    {
        var entry = Entry.Read(EntryKind.Scored, written);
        PageTree tree = TreeOf(key, head);
        var path = default(TreePath);
        TreeSearch.ToScore(tree, entry.Score, entry.Name, ref path);
        bool isThere = EntryList.TryFindScored(
            tree.Leaf(path).Entries, entry.Score, entry.Name, out int offset, out _, out Entry same);

        // -0 and 0 are the same place.
        bool isPut = tree.TrySplice(ref path, offset, isThere ? same.Length : 0, written, isThere ? 0 : 1);
        head.Root = tree.Root;
        head.Height = tree.Height;
        return isPut;
    }

    private int PlaceInOther(
        in ItemKey key, in CollectionHead head, ReadOnlySpan<byte> written, scoped ref TreePath path)
    {
        var entry = Entry.Read(EntryKind.Scored, written);
        PageTree tree = OtherTreeOf(key, head);
        TreeSearch.ToHash(tree, Shard.Collections.OrderOf(entry.Name), ref path);
        EntryList.TryFind(EntryKind.Scored, tree.Leaf(path).Entries, entry.Name, out int offset, out _);
        return offset;
    }

    private bool TryPutInOther(
        in ItemKey key, ref CollectionHead head, ReadOnlySpan<byte> written, ref TreePath path, int offset, bool exists)
    {
        PageTree tree = OtherTreeOf(key, head);
        bool isPut = tree.TrySplice(ref path, offset, exists ? written.Length : 0, written, exists ? 0 : 1);
        head.OtherRoot = tree.Root;
        head.OtherHeight = tree.Height;
        return isPut;
    }

    private void TakeOut(in ItemKey key, ref CollectionHead head, double score, ReadOnlySpan<byte> member)
    {
        PageTree tree = TreeOf(key, head);
        var path = default(TreePath);
        TreeSearch.ToScore(tree, score, member, ref path);
        if (EntryList.TryFindScored(tree.Leaf(path).Entries, score, member, out int offset, out _, out Entry entry))
        {
            tree.TrySplice(ref path, offset, entry.Length, default, growth: -1);
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
    }

    private void TakeOutOther(in ItemKey key, ref CollectionHead head, ReadOnlySpan<byte> member)
    {
        PageTree tree = OtherTreeOf(key, head);
        var path = default(TreePath);
        TreeSearch.ToHash(tree, Shard.Collections.OrderOf(member), ref path);
        if (EntryList.TryFind(EntryKind.Scored, tree.Leaf(path).Entries, member, out int offset, out Entry entry))
        {
            tree.TrySplice(ref path, offset, entry.Length, default, growth: -1);
        }

        head.OtherRoot = tree.Root;
        head.OtherHeight = tree.Height;
    }
}
