using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Hashes: fields with values, each with an expiry of its own if wanted. A field whose time is over is absent for every
/// method; only <see cref="Collection.Length"/> and numbers of entries may still count some when more than 256 have
/// ended since the last look (<see cref="EndDue(in ItemKey, long)"/>).
/// </summary>
public sealed class Hashes : NamedCollection
{
    // Fields that one look at a hash ends: about 50 µs. What is left is ended by the next ones.
    private const int MostEnded = 256;

    internal Hashes(Shard shard)
        : base(shard, ItemType.Hash, EntryKind.Field)
    {
    }

    /// <summary>Finds a field.</summary>
    public Lookup Find(in ItemKey key, ReadOnlySpan<byte> field, long now, out ElementView view)
    {
        Lookup found = OpenLive(key, now, out Opened opened, isAccess: true);
        var path = default(TreePath);
        if (found == Lookup.Found)
        {
            if (TryFind(key, opened, field, ref path, out _, out Entry entry) && !entry.IsExpired(now))
            {
                view = new ElementView(entry);
                return Lookup.Found;
            }

            found = Lookup.Absent;
        }

        view = default;
        return found;
    }

    /// <summary>Finds a field of a hash that was found.</summary>
    public bool TryFind(scoped in ItemKey key, scoped in CollectionView hash, scoped ReadOnlySpan<byte> field,
        out ElementView view)
    {
        var path = default(TreePath);
        if (hash.Exists && TryFind(key, hash.Opened, field, ref path, out _, out Entry entry))
        {
            view = new ElementView(entry);
            return true;
        }

        view = default;
        return false;
    }

    /// <summary>Begins to write several fields as one change of the item.</summary>
    /// <param name="key">The item; made when there is none.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="found">Whether there is one, or something of another type: then nothing may be written.</param>
    public HashWriter Write(in ItemKey key, long now, out Lookup found)
    {
        found = OpenLive(key, now, out Opened opened);
        return new HashWriter(this, key, opened, now);
    }

    /// <summary>Writes all entries of a packed hash anew.</summary>
    internal bool TryReplace(in ItemKey key, in Opened old, ReadOnlySpan<byte> entries, int count, byte marks,
        ulong changed, long now)
    {
        Shard.BeginChange();
        ulong due = LeafCutter.EarliestExpiry(EntryKind.Field, entries);
        bool isStored = ReplacePacked(key, old, entries, count, marks, due, now);
        for (int at = 0; isStored && changed != 0; changed >>= 1)
        {
            int length = Entry.Read(EntryKind.Field, entries[at..]).Length;
            if ((changed & 1) != 0)
            {
                NotePut(key, entries.Slice(at, length), now);
            }

            at += length;
        }

        Shard.EndChange();
        return isStored;
    }

    /// <summary>What a field adds to the marks of its hash.</summary>
    internal static byte MarksOf(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value) =>
        field.Length > NarrowBytes || value.Length > NarrowBytes ? CollectionHead.WideMark : (byte)0;

    /// <summary>Writes a field, and makes the hash when there is none. The expiry a field had is replaced.</summary>
    /// <param name="key">The item.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="expiresAt">Unix milliseconds, after <paramref name="now"/>; 0 = with the hash.</param>
    public ElementWrite Set(
        in ItemKey key, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long now, long expiresAt = 0)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        if (found == Lookup.WrongType)
        {
            return ElementWrite.WrongType;
        }

        using var entry = new Scratch(Entry.SizeOfField(field, value, expiresAt));
        Shard.BeginChange();
        Entry.WriteField(entry.Span, field, value, expiresAt);
        byte marks = MarksOf(field, value);
        ulong due = expiresAt == 0 ? Child.NeverDue : (ulong)expiresAt;
        ElementWrite outcome = Write(key, opened, field, entry.Span, marks, due, now);
        if (outcome != ElementWrite.OutOfMemory)
        {
            NotePut(key, entry.Span, now);
        }

        Shard.EndChange();
        return outcome;
    }

    /// <summary>Changes only the expiry of a field.</summary>
    /// <param name="key">The item.</param>
    /// <param name="field">The field.</param>
    /// <param name="expiresAt">Unix milliseconds, after <paramref name="now"/>; 0 = with the hash.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns><see cref="ElementWrite.Unchanged"/> when there is no such field.</returns>
    public ElementWrite SetExpiry(in ItemKey key, ReadOnlySpan<byte> field, long expiresAt, long now)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        var path = default(TreePath);
        if (found != Lookup.Found || !TryFind(key, opened, field, ref path, out _, out Entry old) || old.IsExpired(now))
        {
            return found == Lookup.WrongType ? ElementWrite.WrongType : ElementWrite.Unchanged;
        }

        using var value = new Scratch(old.Value.Length);
        old.Value.CopyTo(value.Span);
        return Set(key, field, value.Span, now, expiresAt);
    }

    private protected override Lookup OpenLive(
        scoped in ItemKey key, long now, out Opened opened, bool isAccess = false)
    {
        Lookup found = Open(key, now, out opened, isAccess);
        if (found != Lookup.Found || opened.Head.Due > (ulong)now)
        {
            return found;
        }

        Shard.BeginChange();
        long before = opened.Head.Count;
        EndDue(key, opened, now);
        Shard.EndChange();
        found = Open(key, now, out opened);
        if (found != Lookup.Found || opened.Head.Count != before)
        {
            Shard.NoteFieldsEnded(key, isLast: found != Lookup.Found);
        }

        return found;
    }

    /// <summary>Ends fields whose time is over, up to 256 at once.</summary>
    /// <returns>True when none are left.</returns>
    public bool EndDue(in ItemKey key, long now)
    {
        Lookup found = OpenLive(key, now, out Opened opened);
        return found != Lookup.Found || opened.Head.Due > (ulong)now;
    }

    private void NotePut(in ItemKey key, ReadOnlySpan<byte> written, long now)
    {
        var entry = Entry.Read(EntryKind.Field, written);
        Note(key, new ElementChange
        {
            Kind = ElementChangeKind.Put,
            Type = ItemType.Hash,
            Name = entry.Name,
            Value = entry.Value,
            ExpiresAt = entry.ExpiresAt,
        }, now);
    }

    private void EndDue(in ItemKey key, in Opened opened, long now)
    {
        if (!opened.Head.IsTree)
        {
            EndDuePacked(key, opened, now);
            return;
        }

        CollectionHead head = opened.Head;
        using PinScope pin = Shard.Collections.Pin(key);
        PageTree tree = TreeOf(key, head);
        for (int ended = 0; tree.Height > 0;)
        {
            var path = default(TreePath);
            ulong due = TreeSearch.ToDue(tree, ref path);
            due = tree.Height == 1 ? LeafCutter.EarliestExpiry(EntryKind.Field, tree.Leaf(path).Entries) : due;
            head.Due = due;
            if (due > (ulong)now || ended >= MostEnded)
            {
                break;
            }

            ended += EndDueOf(key, ref tree, ref path, now, ref head);
        }

        head.Root = tree.Root;
        head.Height = tree.Height;
        Close(key, head, now);
    }

    // The first field of a leaf that is over, or the news that there is none.
    private int EndDueOf(in ItemKey key, ref PageTree tree, ref TreePath path, long now, ref CollectionHead head)
    {
        ReadOnlySpan<byte> entries = tree.Leaf(path).Entries;
        for (int at = 0; at < entries.Length;)
        {
            var entry = Entry.Read(EntryKind.Field, entries[at..]);
            if (entry.IsExpired(now))
            {
                NoteEnded(key, entry.Name, now);
                tree.TrySplice(ref path, at, entry.Length, default, growth: -1);
                head.Count--;
                return 1;
            }

            at += entry.Length;
        }

        tree.SetDue(path, LeafCutter.EarliestExpiry(EntryKind.Field, entries));
        return 1;
    }

    private void EndDuePacked(in ItemKey key, in Opened opened, long now)
    {
        using var kept = new Scratch(opened.Entries.Length);
        int length = 0, count = 0;
        ulong due = Child.NeverDue;
        for (int at = 0; at < opened.Entries.Length;)
        {
            var entry = Entry.Read(EntryKind.Field, opened.Entries[at..]);
            if (entry.IsExpired(now))
            {
                NoteEnded(key, entry.Name, now);
            }
            else
            {
                opened.Entries.Slice(at, entry.Length).CopyTo(kept.Span[length..]);
                length += entry.Length;
                count++;
                due = entry.ExpiresAt != 0 ? Math.Min(due, (ulong)entry.ExpiresAt) : due;
            }

            at += entry.Length;
        }

        if (count == 0)
        {
            // Not one that a look finds: it is over with its last field. One that another process wrote may be.
            Shard.Remove(key, RemoveReason.Deleted, now);
            return;
        }

        ReplacePacked(key, opened, kept.Span[..length], count, marks: 0, due, now);
    }

    private void NoteEnded(in ItemKey key, ReadOnlySpan<byte> field, long now) =>
        Note(key, new ElementChange { Kind = ElementChangeKind.Removed, Type = ItemType.Hash, Name = field }, now);
}
