using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>What collections share whose entries have an order that their users see.</summary>
public abstract class OrderedCollection : Collection
{
    private protected OrderedCollection(Shard shard, ItemType type, EntryKind kind, TreeOrder order)
        : base(shard, type, kind, order)
    {
    }

    /// <summary>Visits entries in their order.</summary>
    /// <param name="key">The item.</param>
    /// <param name="start">Place of the first one; counted from the end when <paramref name="isReverse"/>.</param>
    /// <param name="count">Most entries to visit.</param>
    /// <param name="isReverse">From the end to the start.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="visitor">Receives them.</param>
    public Lookup Walk(in ItemKey key, long start, long count, bool isReverse, long now, IElementVisitor visitor)
    {
        Lookup found = Open(key, now, out Opened opened);
        if (found == Lookup.Found)
        {
            NoteRead(key, now);
            EntryWalk.Run(TreeOf(key, opened.Head), opened, start, count, isReverse, visitor);
        }

        return found;
    }
}
