using System.Diagnostics;
using SessionGateway.Store.Collections.Pages;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>The collections of one shard, used under its lock.</summary>
public sealed class ShardCollections
{
    private readonly Shard _shard;
    private ulong _pinnedHash;
    private int _pinnedDatabase = -1;

    internal ShardCollections(Shard shard)
    {
        _shard = shard;
        Pages = new PageStore(shard);
        Cutter = new LeafCutter(this);
        Reclaimer = new PageReclaimer(Pages);
        Hashes = new Hashes(shard);
        Sets = new Sets(shard);
        SortedSets = new SortedSets(shard);
        Lists = new Lists(shard);
    }

    /// <summary>What is known of a collection without reading its entries.</summary>
    public static CollectionInfo Describe(in ItemView item) => Describe(CollectionHead.Read(item.Value, out _));

    internal static CollectionInfo Describe(in CollectionHead head)
    {
        bool isWide = (head.Marks & CollectionHead.WideMark) != 0;
        return new CollectionInfo(head.Count, head.IsTree, isWide, (head.Marks & CollectionHead.MixedMark) != 0);
    }

    /// <summary>Bytes of the pages of a large collection, told from a few of them; 0 for everything else.</summary>
    /// <param name="key">A key of the shard.</param>
    /// <param name="type">Type of its item.</param>
    /// <param name="now">Unix milliseconds.</param>
    public long PageBytes(in ItemKey key, ItemType type, long now) => type switch
    {
        ItemType.Hash => Hashes.PageBytes(key, now),
        ItemType.Set => Sets.PageBytes(key, now),
        ItemType.SortedSet => SortedSets.PageBytes(key, now),
        ItemType.List => Lists.PageBytes(key, now),
        _ => 0,
    };

    /// <summary>Whether a value is a hash whose last field's time is over: then there is no item.</summary>
    public static bool IsOver(ItemType type, ReadOnlySpan<byte> value, long now) =>
        type == ItemType.Hash && CollectionHead.LastOf(value) <= (ulong)now;

    /// <summary>Items of the type hash.</summary>
    public Hashes Hashes { get; }

    /// <summary>Items of the type set.</summary>
    public Sets Sets { get; }

    /// <summary>Items of the type sorted set.</summary>
    public SortedSets SortedSets { get; }

    /// <summary>Items of the type list.</summary>
    public Lists Lists { get; }

    /// <summary>Gives a large collection another key of the same database, whatever that holds; its entries stay where
    /// they are.</summary>
    /// <returns>False when memory is out; then everything is as it was.</returns>
    public bool TryRekey(in ItemKey source, in ItemKey target, long now)
    {
        if (!_shard.TryPeek(source, now, out ItemView item))
        {
            return false;
        }

        Span<byte> value = stackalloc byte[CollectionHead.TreeBytes];
        item.Value.CopyTo(value);
        using (Pin(source))
        {
            if (!TryLink(target, value, item.Type, item.ExpiresAt, now))
            {
                return false;
            }
        }

        Disown(source, now);
        _shard.Remove(source, RemoveReason.Deleted, now);
        return true;
    }

    /// <summary>Puts a collection that is whole under a key, and tells of its entries.</summary>
    /// <returns>False when memory is out; then everything is as it was.</returns>
    internal bool TryLink(in ItemKey target, ReadOnlySpan<byte> value, ItemType type, long expiresAt, long now)
    {
        var attributes = new ItemAttributes(0, expiresAt, type);
        var head = CollectionHead.Read(value, out _);
        if (!head.IsTree)
        {
            return _shard.Put(target, value, default, attributes, now, out _) == StoreStatus.Stored;
        }

        bool existed = _shard.TryPeekAttributes(target, now, out _);
        _shard.BeginChange();
        bool isLinked = _shard.PutQuietly(target, value, default, attributes, now) == StoreStatus.Stored;
        if (!isLinked)
        {
            _shard.NoteRefused();
        }
        else
        {
            _shard.NoteChange(target);
            TellWhole(target, type, existed, expiresAt, head.Count, now);
        }

        _shard.EndChange();
        return isLinked;
    }

    /// <summary>The pages of a collection belong to another key now.</summary>
    internal void Disown(in ItemKey key, long now)
    {
        if (_shard.TryEditCore(key, now, _shard.NextCas(), out Span<byte> value))
        {
            value[0] = 0;
        }
    }

    // For who listens it is a new collection that comes entry by entry.
    private void TellWhole(in ItemKey key, ItemType type, bool existed, long expiresAt, long count, long now)
    {
        if (!_shard.IsTold)
        {
            return;
        }

        if (existed)
        {
            _shard.Tell(new Mutation
            {
                Kind = MutationKind.Removed,
                Database = key.Database,
                Key = key.Bytes,
                Reason = RemoveReason.Deleted,
                Cas = _shard.LastCas,
            });
        }

        var teller = new EntryTeller(this, key.Database, key.Bytes.ToArray(), type, now);
        Walk(key, type, 0, count, now, teller);
        if (expiresAt != 0)
        {
            _shard.Tell(new Mutation
            {
                Kind = MutationKind.ExpiryChanged,
                At = now,
                Database = key.Database,
                Key = key.Bytes,
                ExpiresAt = expiresAt,
            });
        }
    }

    /// <summary>Visits entries of a collection of whatever type, from one place on.</summary>
    internal void Walk(in ItemKey key, ItemType type, long start, long count, long now, IElementVisitor visitor)
    {
        switch (type)
        {
            case ItemType.Hash:
                Hashes.Walk(key, start, count, now, visitor);
                break;
            case ItemType.Set:
                Sets.Walk(key, start, count, now, visitor);
                break;
            case ItemType.SortedSet:
                SortedSets.Walk(key, start, count, isReverse: false, now, visitor);
                break;
            default:
                Lists.Walk(key, start, count, isReverse: false, now, visitor);
                break;
        }
    }

    /// <summary>Makes a key of the store.</summary>
    internal ItemKey KeyOf(int database, ReadOnlySpan<byte> bytes) => _shard.KeyOf(database, bytes);

    /// <summary>Tells of a change of a collection's entries.</summary>
    internal void Tell(in ItemKey key, in ElementChange change, long now)
    {
        if (key.Database >= ItemStore.DatabaseCount)
        {
            // A staged collection: it is told of as a whole.
            return;
        }

        _shard.NoteChange(key);
        if (_shard.IsTold)
        {
            _shard.Tell(new Mutation
            {
                Kind = MutationKind.Element,
                At = now,
                Database = key.Database,
                Key = key.Bytes,
                Head = change.Name,
                Tail = change.Value,
                Type = change.Type,
                ExpiresAt = change.ExpiresAt,
                Cas = _shard.LastCas,
                Element = change.Kind,
                Score = change.Score,
                Index = change.Index,
                Count = change.Count,
            });
        }
    }

    /// <summary>Repeats what happened elsewhere; a removal of what is not there is one.</summary>
    /// <returns>False when memory is out, or the key holds something else.</returns>
    internal bool TryRepeat(in ItemKey key, in ElementChange change, long at)
    {
        switch (change.Kind)
        {
            case ElementChangeKind.Put:
                return IsDone(change.Type switch
                {
                    ItemType.Hash => Hashes.Set(key, change.Name, change.Value, at, change.ExpiresAt),
                    ItemType.Set => Sets.Add(key, change.Name, at),
                    _ => SortedSets.Set(key, change.Name, change.Score, at),
                });
            case ElementChangeKind.Removed:
                Lookup found = change.Type switch
                {
                    ItemType.Hash => Hashes.Remove(key, change.Name, at),
                    ItemType.Set => Sets.Remove(key, change.Name, at),
                    _ => SortedSets.Remove(key, change.Name, at),
                };
                return found != Lookup.WrongType;
            case ElementChangeKind.Inserted:
                return IsDone(Lists.Insert(key, change.Index, change.Name, at));
            case ElementChangeKind.ReplacedAt:
                return IsDone(Lists.Set(key, change.Index, change.Name, at));
            default:
                return Lists.RemoveAt(key, change.Index, change.Count, at) != Lookup.WrongType;
        }
    }

    internal PageStore Pages { get; }

    internal LeafCutter Cutter { get; }

    internal PageReclaimer Reclaimer { get; }

    /// <summary>Place of a name in trees that are ordered by hash: 62 bits, so that the cursors of iterations fit the
    /// signed numbers of clients.</summary>
    internal ulong OrderOf(ReadOnlySpan<byte> name) => _shard.KeyOf(ItemStore.AllDatabases, name).Hash >> 2;

    /// <summary>Keeps an item from being given up for the memory that its own pages need.</summary>
    internal PinScope Pin(in ItemKey key)
    {
        Debug.Assert(_pinnedDatabase < 0, "one collection is written at a time");
        _pinnedHash = key.Hash;
        _pinnedDatabase = key.Database;
        return new PinScope(this);
    }

    private static bool IsDone(ElementWrite outcome) =>
        outcome is ElementWrite.Added or ElementWrite.Replaced or ElementWrite.Unchanged;

    internal void Unpin() => _pinnedDatabase = -1;

    /// <summary>Whether an item is pinned; another one with the same hash would be, too, which harms nobody.</summary>
    internal bool IsPinned(int database, ReadOnlySpan<byte> key) =>
        database == _pinnedDatabase && _shard.KeyOf(database, key).Hash == _pinnedHash;
}
