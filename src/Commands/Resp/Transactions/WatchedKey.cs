using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>
/// A key as WATCH saw it. Any touch counts, also one that leaves everything as it was (redis 7 db.c,
/// signalModifiedKey); an end that nobody asked for (expiry, FLUSHALL, eviction) counts when the key was there. Where
/// the key is, its place, is the number of the database in one byte and the key behind it.
/// </summary>
/// <param name="Existed">It was there.</param>
/// <param name="Touches">How often it had been touched.</param>
internal readonly record struct WatchedKey(bool Existed, long Touches)
{
    /// <summary>Watches the key in an argument until <see cref="End"/>.</summary>
    public static WatchedKey Begin(in RespCall call, int index)
    {
        ItemKey key = call.Key(index);
        using ShardScope scope = call.Store.Enter(key, call.Now);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        return new WatchedKey(exists, scope.Shard.Watches.Add(key));
    }

    /// <summary>The shard of the key, as a bit.</summary>
    public static ulong ShardMask(byte[] place, ItemStore store) => 1UL << store.ShardOf(KeyAt(place, store));

    /// <summary>True when nobody touched the key since.</summary>
    public bool IsUntouched(byte[] place, ItemStore store, long now)
    {
        ItemKey key = KeyAt(place, store);
        using ShardScope scope = store.Enter(key, now);
        bool exists = scope.Shard.TryPeekAttributes(key, now, out _);
        return exists == Existed && scope.Shard.Watches.TouchesOf(key) == Touches;
    }

    /// <summary>Watches no longer.</summary>
    public static void End(byte[] place, ItemStore store, long now)
    {
        ItemKey key = KeyAt(place, store);
        using ShardScope scope = store.Enter(key, now);
        scope.Shard.Watches.Remove(key);
    }

    private static ItemKey KeyAt(byte[] place, ItemStore store) => store.Key(place[0], place.AsSpan(1));
}
