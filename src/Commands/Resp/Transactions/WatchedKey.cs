using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>
/// A key as WATCH saw it. Every write gives an item a new cas unique and EXPIRE another expiry, so both tell
/// whether it changed; 0 stands for an absent item.
/// </summary>
internal sealed record WatchedKey(int Database, byte[] Key, ulong Cas, long ExpiresAt)
{
    /// <summary>True when the item is as it was.</summary>
    public bool IsUnchanged(ItemStore store, long now)
    {
        ItemKey key = store.Key(Database, Key);
        using ShardScope scope = store.Enter(key, now);
        return scope.Shard.TryPeek(key, now, out ItemView item)
            ? item.Cas == Cas && item.ExpiresAt == ExpiresAt
            : Cas == 0;
    }
}
