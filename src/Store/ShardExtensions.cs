using SessionGateway.Store.Collections;

namespace SessionGateway.Store;

/// <summary>What is made of a shard's steps and needs nothing else.</summary>
public static class ShardExtensions
{
    /// <summary>Finds a live item of a type.</summary>
    /// <param name="shard">The shard, entered.</param>
    /// <param name="key">The key.</param>
    /// <param name="type">The type.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="item">The item, when it was found.</param>
    /// <param name="isAccess">Counts as an access.</param>
    public static Lookup Find(
        this Shard shard, scoped in ItemKey key, ItemType type, long now, out ItemView item, bool isAccess = true)
    {
        if (!(isAccess ? shard.TryGet(key, now, out item) : shard.TryPeek(key, now, out item)))
        {
            return Lookup.Absent;
        }

        if (item.Type == type)
        {
            return Lookup.Found;
        }

        item = default;
        return Lookup.WrongType;
    }

    /// <summary>
    /// Replaces a part of a live string; flags and expiry stay. A part of the same length is written in its place,
    /// however long the rest is.
    /// </summary>
    /// <param name="shard">The shard, entered.</param>
    /// <param name="key">A key that holds a string.</param>
    /// <param name="offset">Where, at most the length.</param>
    /// <param name="removed">Bytes that go.</param>
    /// <param name="inserted">Bytes that come, no part of the store's memory.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="cas">The new cas unique.</param>
    /// <returns><see cref="StoreStatus.OutOfMemory"/> leaves everything as it was.</returns>
    public static StoreStatus Splice(
        this Shard shard, in ItemKey key, int offset, int removed, ReadOnlySpan<byte> inserted, long now, out ulong cas)
    {
        if (shard.Find(key, ItemType.String, now, out ItemView old, isAccess: false) != Lookup.Found)
        {
            throw new ArgumentException("There is no string to splice.", nameof(key));
        }

        if (removed == inserted.Length && shard.TryOverwrite(key, offset, inserted, now))
        {
            cas = shard.LastCas;
            return StoreStatus.Stored;
        }

        ReadOnlySpan<byte> head = old.Value[..offset], rest = old.Value[(offset + removed)..];
        var attributes = new ItemAttributes(old.Flags, old.ExpiresAt, Form: StringForm.Edited);
        if (rest.IsEmpty)
        {
            return shard.Put(key, head, inserted, attributes, now, out cas);
        }

        using var tail = new Scratch(inserted.Length + rest.Length);
        inserted.CopyTo(tail.Span);
        rest.CopyTo(tail.Span[inserted.Length..]);
        return shard.Put(key, head, tail.Span, attributes, now, out cas);
    }

    /// <summary>Says when a live item was last used; nobody is told.</summary>
    /// <param name="shard">The shard, entered.</param>
    /// <param name="key">The key.</param>
    /// <param name="at">Unix milliseconds, not after <paramref name="now"/>.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void SetLastAccess(this Shard shard, in ItemKey key, long at, long now)
    {
        if (shard.TryPeekAttributes(key, now, out ItemView item))
        {
            shard.SetMarksCore(key, new ItemMarks(at, item.WasRead, item.IsAnonymous));
        }
    }
}
