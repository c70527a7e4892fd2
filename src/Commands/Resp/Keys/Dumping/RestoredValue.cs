using SessionGateway.Protocols.Rdb;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>Writes what is read of a payload into the shard, whose lock is held.</summary>
internal sealed class RestoredValue(
    Shard shard, ReadOnlySpan<byte> key, ItemStore store, int database, RdbKind kind, long expiresAt, long now)
    : IRdbVisitor
{
    private readonly byte[] _key = key.ToArray();
    private readonly ItemType _type = kind switch
    {
        RdbKind.Hash => ItemType.Hash,
        RdbKind.Set => ItemType.Set,
        RdbKind.SortedSet => ItemType.SortedSet,
        _ => ItemType.List,
    };

    /// <summary>All that came was stored, and something did, or was over already.</summary>
    public bool IsStored { get; private set; }

    public bool Visit(in RdbElement element)
    {
        ItemKey key = store.Key(database, _key);
        if (kind == RdbKind.String)
        {
            var attributes = new ItemAttributes(0, expiresAt);
            StoreStatus status = shard.Put(key, element.Name, default, attributes, now, out _);
            return IsStored = status == StoreStatus.Stored;
        }

        // A field whose time is over is not there.
        bool isOver = element.ExpiresAt != 0 && element.ExpiresAt <= now;
        var entry = new ElementEntry
        {
            Name = element.Name, Value = element.Value, Score = element.Score, ExpiresAt = element.ExpiresAt,
        };
        return IsStored = isOver || CollectionsByType.Add(shard, key, _type, entry, now) == ElementWrite.Added;
    }
}
