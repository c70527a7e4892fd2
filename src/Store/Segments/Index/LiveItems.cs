using System.Diagnostics;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Index;

/// <summary>
/// Finds the items of one shard: an index for each database that has any. An item that expired ends when it is met.
/// Used under the shard's lock.
/// </summary>
internal sealed class LiveItems(ItemStore store, ShardMemory memory, IItemEnds ends)
{
    private readonly HashIndex?[] _indexes = new HashIndex?[ItemStore.AllDatabases];

    /// <summary>The index of a database, or null while it has none.</summary>
    public HashIndex? this[int database] => _indexes[database];

    /// <summary>The index of a database.</summary>
    public HashIndex Use(int database) => _indexes[database] ?? Make(database);

    /// <summary>Takes the index of a database away: its items are unreachable.</summary>
    public void Detach(int database) => _indexes[database] = null;

    /// <summary>The key of a record.</summary>
    public ItemKey KeyOf(Record record, int database) => store.Key(database, record.Key);

    /// <summary>Finds a live item; one that expired ends here.</summary>
    public bool TryFind(in ItemKey key, long now, out Place place)
    {
        if (_indexes[key.Database] is not { } index || !index.TryFind(key.Hash, key.Bytes, out place))
        {
            place = default;
            return false;
        }

        Debug.Assert(place.Record.IsLive, "the index refers to a dead record");
        if (place.Record.IsExpired(now))
        {
            ends.End(key, place, RemoveReason.Expired);
            return false;
        }

        return true;
    }

    /// <summary>Where the index refers to a record.</summary>
    public Place PlaceOf(in ItemKey key, Record record) =>
        _indexes[key.Database]!.TryFindRecord(key.Hash, record, out Place place)
            ? place
            : throw new InvalidOperationException("A live record is not in the index.");

    /// <summary>Points the index to the copy of a record.</summary>
    public void Redirect(Record from, Record to, int database)
    {
        Debug.Assert(to.IsLive && to.HasKey(from.Key), "the copy is of another item");
        _indexes[database]!.Redirect(PlaceOf(KeyOf(from, database), from), to);
    }

    // Apart from its caller, because a method with a lambda allocates the lambda's variables even when it does not run
    // it.
    private HashIndex Make(int database) =>
        _indexes[database] = new HashIndex(memory, database, key => store.Key(database, key).Hash);
}
