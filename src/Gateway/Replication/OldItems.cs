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
    private readonly Visitor _visitor = new();
    private int _shard;
    private int _database;
    private ulong _cursor;

    /// <summary>All that is there now is old.</summary>
    public OldItems(ItemStore store)
    {
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
        _visitor.Begin(_last[_shard]);
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

    private sealed class Visitor : IItemVisitor
    {
        private ulong _last;

        public bool WantsValues => false;

        public List<byte[]> Found { get; } = [];

        public void Begin(ulong last)
        {
            _last = last;
            Found.Clear();
        }

        public void Visit(ReadOnlySpan<byte> key, in ItemView item)
        {
            if (item.Cas <= _last)
            {
                Found.Add(key.ToArray());
            }
        }
    }
}
