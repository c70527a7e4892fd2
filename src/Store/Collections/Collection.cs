using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>
/// What the types of collections share. Up to <see cref="PackedBytes"/> of entries lie in the value of the item, beyond
/// that in pages (ADR 0012); a collection stays large until it ends. Used under the shard's lock, for keys of the
/// shard. Expiry, eviction, flush and removal of the item are those of every item.
/// </summary>
public abstract class Collection
{
    /// <summary>Bytes of entries that lie in the item itself.</summary>
    internal const int PackedBytes = LeafPage.MostUsed;

    /// <summary>Redis' defaults: hash-max-listpack-value and its kin.</summary>
    private protected const int NarrowBytes = 64;

    private const int SampledPages = 5;

    private readonly ItemType _type;
    private readonly EntryKind _kind;
    private readonly TreeOrder _order;

    private protected Collection(Shard shard, ItemType type, EntryKind kind, TreeOrder order)
    {
        Shard = shard;
        _type = type;
        _kind = kind;
        _order = order;
    }

    private protected Shard Shard { get; }

    // Redis' defaults: hash-max-listpack-entries, zset-max-listpack-entries; of the others nobody asks.
    private int NarrowEntries => _type == ItemType.Hash ? 512 : 128;

    /// <summary>What is known of a collection without reading it.</summary>
    public Lookup Describe(in ItemKey key, long now, out CollectionInfo info)
    {
        Lookup found = Shard.Find(key, _type, now, out ItemView item, isAccess: false);
        info = found == Lookup.Found ? ShardCollections.Describe(item) : default;
        return found;
    }

    /// <summary>
    /// Finds a collection, for several looks at it. Valid until the next write to the shard.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="view">The collection; an empty one when it was not found.</param>
    /// <param name="isAccess">Counts as an access to the item.</param>
    public Lookup View(scoped in ItemKey key, long now, out CollectionView view, bool isAccess = true)
    {
        Lookup found = OpenLive(key, now, out Opened opened, isAccess);
        view = new CollectionView(opened, _kind);
        return found;
    }

    /// <summary>Number of entries.</summary>
    public Lookup Length(in ItemKey key, long now, out long count)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        count = opened.Head.Count;
        return found;
    }

    /// <summary>Bytes of the pages of a large collection, told from a few of them; 0 for a packed one.</summary>
    internal long PageBytes(in ItemKey key, long now)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found != Lookup.Found || !opened.Head.IsTree)
        {
            return 0;
        }

        PageTree tree = TreeOf(key, opened.Head);
        long bytes = 0, entries = 0;
        for (int i = 0; i < SampledPages; i++)
        {
            var path = default(TreePath);
            TreeSearch.ToRank(tree, opened.Head.Count * i / SampledPages, ref path);
            ReadOnlySpan<byte> page = tree.Peek(path.Numbers[tree.Height - 1]);
            bytes += page.Length;
            entries += new LeafPage(page).Count;
        }

        return bytes * opened.Head.Count / entries * (opened.Head.OtherRoot == 0 ? 1 : 2);
    }

    /// <summary>Finds the item after what is over in it has been ended.</summary>
    private protected virtual Lookup OpenLive(
        scoped in ItemKey key, long now, out Opened opened, bool isAccess = false) =>
        Open(key, now, out opened, isAccess);

    /// <summary>Finds the item.</summary>
    private protected Lookup Open(scoped in ItemKey key, long now, out Opened opened, bool isAccess = false)
    {
        Lookup found = Shard.Find(key, _type, now, out ItemView item, isAccess);
        opened = found == Lookup.Found ? new Opened(item) : default;
        return found;
    }

    /// <summary>Counts a look at the entries as an access to the item.</summary>
    private protected void NoteRead(in ItemKey key, long now) => Shard.TryGet(key, now, out _);

    private protected PageTree TreeOf(in ItemKey key, in CollectionHead head) =>
        new(Shard.Collections.Pages, Shard.Collections.Cutter, key.Database, _kind, _order)
            { Root = head.Root, Height = head.Height, HasTimes = head.Due != Child.NeverDue };

    /// <summary>The second tree of a type that has two.</summary>
    private protected virtual bool TryBeginOther(
        in ItemKey key, int count, ReadOnlySpan<byte> entries, ref CollectionHead head) => true;

    /// <summary>Replaces bytes of a packed collection, or begins one.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    private protected bool TrySplicePacked(
        in ItemKey key, in Opened old, in PackedEdit edit, ReadOnlySpan<byte> inserted, long now)
    {
        CollectionHead head = old.Head;
        head.Due = old.Exists ? head.Due : Child.NeverDue;
        head.Due = Math.Min(head.Due, edit.Due);
        head.Count += edit.Growth;
        head.Marks |= edit.Marks;
        if (head.Count > NarrowEntries)
        {
            head.Marks |= CollectionHead.WideMark;
        }

        using var value = new Scratch(
            CollectionHead.MostPackedBytes + old.Entries.Length - edit.Removed + inserted.Length);
        Span<byte> entries = value.Span[CollectionHead.MostPackedBytes..];
        old.Entries[..edit.Offset].CopyTo(entries);
        inserted.CopyTo(entries[edit.Offset..]);
        old.Entries[(edit.Offset + edit.Removed)..].CopyTo(entries[(edit.Offset + inserted.Length)..]);
        return PutPacked(key, head, value.Span, old, now);
    }

    // The entries lie behind the longest head; the head is written before them.
    private bool PutPacked(in ItemKey key, CollectionHead head, Span<byte> value, in Opened old, long now)
    {
        ReadOnlySpan<byte> entries = value[CollectionHead.MostPackedBytes..];
        head.Last = head.Due == Child.NeverDue ? 0 : LeafCutter.LatestExpiry(_kind, entries);
        Span<byte> written = stackalloc byte[CollectionHead.MostPackedBytes];
        int length = head.Write(written);
        int start = CollectionHead.MostPackedBytes - length;
        written[..length].CopyTo(value[start..]);
        return PutItem(key, value[start..], old, now);
    }

    /// <summary>Replaces all entries of a packed collection, or begins one.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    private protected bool ReplacePacked(
        in ItemKey key, in Opened old, ReadOnlySpan<byte> entries, int count, byte marks, ulong due, long now)
    {
        CollectionHead head = old.Head;
        head.Due = due;
        head.Count = count;
        head.Marks |= count > NarrowEntries ? (byte)(marks | CollectionHead.WideMark) : marks;
        using var value = new Scratch(CollectionHead.MostPackedBytes + entries.Length);
        entries.CopyTo(value.Span[CollectionHead.MostPackedBytes..]);
        return PutPacked(key, head, value.Span, old, now);
    }

    /// <summary>True when a packed collection stays one.</summary>
    private protected static bool FitsPacked(in Opened old, int removed, int inserted) =>
        !old.Head.IsTree && old.Entries.Length - removed + inserted <= PackedBytes;

    /// <summary>Moves the entries of a packed collection to pages, or begins a large one with some.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    private protected bool TryMakeLarge(
        in ItemKey key, in Opened old, int count, ReadOnlySpan<byte> first, byte marks, ulong due, long now)
    {
        CollectionHead head = old.Head;
        head.Due = old.Exists ? Math.Min(head.Due, due) : due;
        head.Marks |= (byte)(CollectionHead.TreeMark | marks);
        head.Count = count;
        using var entries = new Scratch(first.Length);
        first.CopyTo(entries.Span);
        PageTree tree = TreeOf(key, head);
        if (!tree.TryBegin(count, entries.Span))
        {
            return Refuse();
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
        SetLast(key, ref head);
        if (!TryBeginOther(key, count, entries.Span, ref head))
        {
            Shard.Collections.Pages.Free(key.Database, head.Root);
            return Refuse();
        }

        Span<byte> value = stackalloc byte[CollectionHead.TreeBytes];
        head.Write(value);
        if (PutItem(key, value, old, now))
        {
            return true;
        }

        Shard.Collections.Pages.Free(key.Database, head.Root);
        if (head.OtherRoot != 0)
        {
            Shard.Collections.Pages.Free(key.Database, head.OtherRoot);
        }

        return false;
    }

    /// <summary>Writes what is known of a large collection; one without entries ends.</summary>
    private protected void Close(in ItemKey key, CollectionHead head, long now)
    {
        if (head.Count > NarrowEntries)
        {
            head.Marks |= CollectionHead.WideMark;
        }

        SetLast(key, ref head);
        if (!Shard.TryEditCore(key, now, Shard.NextCas(), out Span<byte> value))
        {
            throw new InvalidOperationException("A collection ended while it was written to.");
        }

        head.Write(value);
        if (head.Due != Child.NeverDue)
        {
            Shard.NoteFieldDue(key, now);
        }

        if (head.Count == 0)
        {
            Shard.Remove(key, RemoveReason.Deleted, now);
        }
    }

    // One in the making does not end with its fields.
    private void SetLast(in ItemKey key, ref CollectionHead head)
    {
        ulong last = head.Due == Child.NeverDue || key.Database >= ItemStore.DatabaseCount
            ? Child.NeverDue : TreeOf(key, head).Last;
        head.Last = last == Child.NeverDue ? 0 : last;
    }

    /// <summary>Counts a write that memory was out for.</summary>
    private protected bool Refuse()
    {
        Shard.NoteRefused();
        return false;
    }

    private protected void Note(in ItemKey key, in ElementChange change, long now) =>
        Shard.Collections.Tell(key, change, now);

    private bool PutItem(in ItemKey key, ReadOnlySpan<byte> value, in Opened old, long now)
    {
        var attributes = new ItemAttributes(0, old.ExpiresAt, _type, IsEdit: old.Exists);
        return Shard.PutQuietly(key, value, default, attributes, now) == StoreStatus.Stored || Refuse();
    }
}
