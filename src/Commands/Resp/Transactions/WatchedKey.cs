using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>
/// A key as WATCH saw it. Any touch counts, also one that leaves everything as it was (redis 7 db.c,
/// signalModifiedKey); an end that nobody asked for (expiry, FLUSHALL, eviction) counts when the key was there.
/// </summary>
internal sealed class WatchedKey
{
    private readonly int _database;
    private readonly byte[] _key;
    private readonly bool _existed;
    private readonly long _touches;

    private WatchedKey(int database, byte[] key, bool existed, long touches)
    {
        _database = database;
        _key = key;
        _existed = existed;
        _touches = touches;
    }

    /// <summary>Watches the key in an argument until <see cref="End"/>.</summary>
    public static WatchedKey Begin(in RespCall call, int index)
    {
        ItemKey key = call.Key(index);
        using ShardScope scope = call.Store.Enter(key, call.Now);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        return new WatchedKey(call.Client.Database, call[index].ToArray(), exists, scope.Shard.Watches.Add(key));
    }

    /// <summary>The shard of the key, as a bit.</summary>
    public ulong ShardMask(ItemStore store) => 1UL << store.ShardOf(store.Key(_database, _key));

    /// <summary>True when nobody touched the key since.</summary>
    public bool IsUntouched(ItemStore store, long now)
    {
        ItemKey key = store.Key(_database, _key);
        using ShardScope scope = store.Enter(key, now);
        bool exists = scope.Shard.TryPeekAttributes(key, now, out _);
        return exists == _existed && scope.Shard.Watches.TouchesOf(key) == _touches;
    }

    /// <summary>Watches no longer.</summary>
    public void End(ItemStore store, long now)
    {
        ItemKey key = store.Key(_database, _key);
        using ShardScope scope = store.Enter(key, now);
        scope.Shard.Watches.Remove(key);
    }
}
