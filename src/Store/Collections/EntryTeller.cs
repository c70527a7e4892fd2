using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Collections;

/// <summary>Tells of all entries of a collection that came under its key as a whole.</summary>
internal sealed class EntryTeller(ShardCollections collections, int database, byte[] key, ItemType type, long now)
    : IElementVisitor
{
    private long _index;

    /// <inheritdoc/>
    public bool Visit(in ElementView element)
    {
        collections.Tell(collections.KeyOf(database, key), new ElementChange
        {
            Kind = type == ItemType.List ? ElementChangeKind.Inserted : ElementChangeKind.Put,
            Type = type,
            Name = element.Name,
            Value = element.Value,
            Score = element.Score,
            ExpiresAt = element.ExpiresAt,
            Index = type == ItemType.List ? _index : 0,
            Count = type == ItemType.List ? _index++ : 0,
        }, now);
        return true;
    }
}
