using System.Buffers.Binary;
using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>
/// The pages of one shard's large collections. A page is a record like that of an item, in a database beside that of
/// the items (<see cref="ItemStore.PagesOf"/>) under a number that is never used again, so the engine compacts it,
/// counts it and shows it to a snapshot as it does with items. Spans are valid until the next page is written or given
/// back.
/// </summary>
internal sealed class PageStore(Shard shard)
{
    private const int KeyBytes = 8;

    // What follows the entries is never read before it is written.
    private static readonly byte[] Room = new byte[InnerPage.Bytes];

    // A look returns spans, and so its key must not lie on the stack.
    private readonly byte[] _key = new byte[KeyBytes];

    private ulong _last;

    /// <summary>Pages that are there.</summary>
    public long CountOf(int database) => shard.Count(ItemStore.PagesOf(database));

    /// <summary>Reads a page.</summary>
    public ReadOnlySpan<byte> Peek(int database, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_key, number);
        return shard.TryPeek(shard.KeyOf(ItemStore.PagesOf(database), _key), 0, out ItemView page)
            ? page.Value
            : throw new InvalidOperationException("A page of a collection is missing.");
    }

    /// <summary>A page to be written to, after a running snapshot has seen it.</summary>
    public Span<byte> Edit(int database, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_key, number);
        return shard.TryEditCore(shard.KeyOf(ItemStore.PagesOf(database), _key), 0, cas: 0, out Span<byte> page)
            ? page
            : throw new InvalidOperationException("A page of a collection is missing.");
    }

    /// <summary>A number for a new page.</summary>
    public ulong NextNumber() => (++_last << ItemStore.ShardBits) | (uint)shard.Index;

    /// <summary>Writes a page as a whole, new or in place of what it was; nothing may point into the old one.</summary>
    /// <returns>False when memory is out; nothing changed.</returns>
    public bool TryPut(int database, ulong number, EntryKind kind, int count, ReadOnlySpan<byte> entries, int capacity)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        ItemKey pageKey = shard.KeyOf(ItemStore.PagesOf(database), key);
        int filled = LeafPage.HeadBytes + entries.Length;
        var attributes = new ItemAttributes(0, 0, ItemType.Page);
        if (capacity == filled)
        {
            // A long entry is not copied once more.
            Span<byte> head = stackalloc byte[LeafPage.HeadBytes];
            LeafPage.WriteHead(head, kind, count, entries.Length);
            return shard.PutQuietly(pageKey, head, entries, attributes, 0) == StoreStatus.Stored;
        }

        using var content = new Scratch(filled);
        LeafPage.WriteHead(content.Span, kind, count, entries.Length);
        entries.CopyTo(content.Span[LeafPage.HeadBytes..]);
        ReadOnlySpan<byte> room = Room.AsSpan(0, capacity - filled);
        return shard.PutQuietly(pageKey, content.Span, room, attributes, 0) == StoreStatus.Stored;
    }

    /// <summary>Gives a page back.</summary>
    public void Free(int database, ulong number)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        shard.RemoveQuietly(shard.KeyOf(ItemStore.PagesOf(database), key));
    }
}
