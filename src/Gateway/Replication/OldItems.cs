using SessionGateway.Store;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// The items that were there before a copy came, and are not in it: whatever was not written since a moment. A slice at
/// a time; nobody else writes meanwhile.
/// </summary>
internal sealed class OldItems
{
    private const int PlacesPerSlice = 64;

    private readonly ItemStore _store;
    private readonly ulong[] _last;
    private readonly Visitor _visitor;
    private int _shard;
    private int _database;
    private ulong _cursor;

    /// <summary>All that is there now is old.</summary>
    /// <param name="store">The items.</param>
    /// <param name="isNew">Knows items of the copy by their names; null: they have uniques of their own.</param>
    public OldItems(ItemStore store, NewItem? isNew = null)
    {
        _visitor = new Visitor(isNew);
        _store = store;
        _last = new ulong[store.Shards.Length];
        for (int i = 0; i < _last.Length; i++)
        {
            using ShardScope scope = ItemStore.Enter(store.Shards[i]);
            _last[i] = scope.Shard.LastCas;
        }
    }

    /// <summary>Items that were ended.</summary>
    public long Ended { get; private set; }

    /// <summary>Ends some that are still old.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>True when there are none left.</returns>
    public bool EndSome(long now)
    {
        using ShardScope scope = ItemStore.Enter(_store.Shards[_shard]);
        _visitor.Begin(_last[_shard], _database);
        for (int i = 0; i < PlacesPerSlice; i++)
        {
            _cursor = scope.Shard.ScanStep(_database, _cursor, now, _visitor);
            if (_cursor == 0)
            {
                _database++;
                break;
            }
        }

        foreach (byte[] key in _visitor.Found)
        {
            int database = _cursor == 0 ? _database - 1 : _database;
            Ended += scope.Shard.Remove(_store.Key(database, key), RemoveReason.Deleted, now) ? 1 : 0;
        }

        if (_database == ItemStore.DatabaseCount)
        {
            _database = 0;
            _shard++;
        }

        return _shard == _last.Length;
    }

    /// <summary>True for an item of the copy.</summary>
    public delegate bool NewItem(int database, ReadOnlySpan<byte> key);

    private sealed class Visitor(NewItem? isNew) : IItemVisitor
    {
        private ulong _last;
        private int _database;

        public bool WantsValues => false;

        public List<byte[]> Found { get; } = [];

        public void Begin(ulong last, int database)
        {
            (_last, _database) = (last, database);
            Found.Clear();
        }

        public void Visit(ReadOnlySpan<byte> key, in ItemView item)
        {
            if (isNew is null ? item.Cas <= _last : !isNew(_database, key))
            {
                Found.Add(key.ToArray());
            }
        }
    }
}
