using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>The collections of a shard for who takes every type alike.</summary>
internal static class CollectionsByType
{
    /// <summary>Those of a type.</summary>
    public static Collection Of(Shard shard, ItemType type) => type switch
    {
        ItemType.Hash => shard.Collections.Hashes,
        ItemType.Set => shard.Collections.Sets,
        ItemType.SortedSet => shard.Collections.SortedSets,
        _ => shard.Collections.Lists,
    };

    /// <summary>Visits entries by their number.</summary>
    public static void Walk(
        Shard shard, in ItemKey key, ItemType type, long start, long count, long now, IElementVisitor visitor)
    {
        switch (type)
        {
            case ItemType.Hash:
                shard.Collections.Hashes.Walk(key, start, count, now, visitor);
                break;
            case ItemType.Set:
                shard.Collections.Sets.Walk(key, start, count, now, visitor);
                break;
            case ItemType.SortedSet:
                shard.Collections.SortedSets.Walk(key, start, count, isReverse: false, now, visitor);
                break;
            default:
                shard.Collections.Lists.Walk(key, start, count, isReverse: false, now, visitor);
                break;
        }
    }

    /// <summary>Adds an entry, behind all others in a list.</summary>
    public static ElementWrite Add(Shard shard, in ItemKey key, ItemType type, in ElementEntry entry, long now) =>
        type switch
        {
            ItemType.Hash => shard.Collections.Hashes.Set(key, entry.Name, entry.Value, now, entry.ExpiresAt),
            ItemType.Set => shard.Collections.Sets.Add(key, entry.Name, now),
            ItemType.SortedSet => shard.Collections.SortedSets.Set(key, entry.Name, entry.Score, now),
            _ => shard.Collections.Lists.AddLast(key, entry.Name, now),
        };
}
