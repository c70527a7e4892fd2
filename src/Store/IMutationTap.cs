namespace SessionGateway.Store;

/// <summary>
/// Sees every effect in the order it happened to a key. Called inside the shard's lock: it must be quick, must not
/// call back into the store and must not keep the spans. Durability, replication and notifications listen here.
/// </summary>
public interface IMutationTap
{
    /// <summary>An item was written: final bytes, absolute expiry, new cas.</summary>
    void OnPut(in ItemKey key, in ItemView item);

    /// <summary>
    /// An item was written with the value, flags and type it had: only cas and expiry are new. Listeners that carry
    /// values elsewhere can spare them.
    /// </summary>
    void OnRefreshed(in ItemKey key, in ItemView item) => OnPut(key, item);

    /// <summary>Only the expiry of a live item changed (0 = never expires now).</summary>
    void OnExpiryChanged(in ItemKey key, long expiresAt);

    /// <summary>An item ended.</summary>
    void OnRemoved(in ItemKey key, RemoveReason reason);

    /// <summary>All items of one database in one shard ended together.</summary>
    void OnFlushed(int shard, int database);
}
