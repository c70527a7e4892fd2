using System.Diagnostics;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// A collection in the making: it is written in as many steps as it takes, and then takes its place under a key at one
/// moment. Until then nobody sees it, and nobody is told of it: its head lies among the pages of its database, under a
/// key that no page has, so it is not listed or evicted, and ends with a flush of its database. Used under the shard's
/// lock.
/// </summary>
public sealed class StagedCollection
{
    // Pages have keys of eight bytes.
    private const int KeyBytes = sizeof(ulong) + 1;

    private readonly int _database;
    private readonly byte[] _key = new byte[KeyBytes];
    private readonly ItemType _type;

    private StagedCollection(Shard shard, int database, ItemType type)
    {
        Shard = shard;
        _database = ItemStore.PagesOf(database);
        _type = type;
        BitConverter.TryWriteBytes(_key, shard.Collections.Pages.NextNumber());
    }

    /// <summary>The shard that it lies in.</summary>
    public Shard Shard { get; }

    /// <summary>The key under which the collections of the shard find it.</summary>
    public ItemKey Key => Shard.KeyOf(_database, _key);

    /// <summary>Begins one without entries.</summary>
    /// <param name="shard">The shard of the key that it is for.</param>
    /// <param name="database">The database of that key.</param>
    /// <param name="type">What it is.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>Null when memory is out.</returns>
    public static StagedCollection? TryBegin(Shard shard, int database, ItemType type, long now)
    {
        var staged = new StagedCollection(shard, database, type);
        return staged.TrySet(new CollectionHead { Due = Child.NeverDue }, now) ? staged : null;
    }

    /// <summary>False once its database was flushed.</summary>
    public bool Exists(long now) => Shard.TryPeek(Key, now, out _);

    /// <summary>Entries.</summary>
    public long Count(long now) => Shard.TryPeek(Key, now, out ItemView item)
        ? ShardCollections.Describe(item).Count : 0;

    /// <summary>Adds an entry, or sets the score of one.</summary>
    /// <param name="name">Member or element.</param>
    /// <param name="score">Score in a sorted set.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when memory is out.</returns>
    public bool TryAdd(ReadOnlySpan<byte> name, double score, long now)
    {
        ElementWrite outcome = _type == ItemType.Set
            ? Shard.Collections.Sets.Add(Key, name, now)
            : Shard.Collections.SortedSets.Set(Key, name, score, now);
        Debug.Assert(outcome != ElementWrite.WrongType, "a staged collection has the type that it began with");
        return outcome != ElementWrite.OutOfMemory;
    }

    /// <summary>Takes its place under a key, whatever that holds; ends with it.</summary>
    /// <param name="target">A key of the shard and the database.</param>
    /// <param name="expiresAt">Unix milliseconds, 0 = never.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>False when memory is out; then everything is as it was.</returns>
    public bool TryLink(in ItemKey target, long expiresAt, long now)
    {
        Debug.Assert(ItemStore.PagesOf(target.Database) == _database, "pages stay in their database");
        if (!Shard.TryPeek(Key, now, out ItemView item))
        {
            return false;
        }

        using var value = new Scratch(item.Value.Length);
        item.Value.CopyTo(value.Span);
        bool isLinked = Shard.Collections.TryLink(target, value.Span, _type, expiresAt, now);
        if (isLinked)
        {
            Shard.Collections.Disown(Key, now);
            Shard.RemoveQuietly(Key);
        }

        return isLinked;
    }

    /// <summary>Gives it up, entries and all.</summary>
    public void Release(long now)
    {
        if (Exists(now))
        {
            Shard.RemoveQuietly(Key);
        }
    }

    /// <summary>Writes its head.</summary>
    internal bool TrySet(CollectionHead head, long now)
    {
        Span<byte> value = stackalloc byte[CollectionHead.TreeBytes];
        int length = head.Write(value);
        var attributes = new ItemAttributes(0, 0, _type);
        return Shard.PutQuietly(Key, value[..length], default, attributes, now) == StoreStatus.Stored;
    }
}
