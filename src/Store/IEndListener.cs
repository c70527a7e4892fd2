namespace SessionGateway.Store;

/// <summary>
/// Hears of items that ended by themselves: expired, or evicted. Called inside the lock of a shard: it must be quick,
/// must not
/// throw, must not call back into the store and must not keep the key's bytes.
/// </summary>
public interface IEndListener
{
    /// <summary>One end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reason"><see cref="RemoveReason.Expired"/> or <see cref="RemoveReason.Evicted"/>.</param>
    void OnEnded(in ItemKey key, RemoveReason reason);

    /// <summary>Some fields of a hash ended by themselves.</summary>
    /// <param name="key">The hash.</param>
    /// <param name="isLast">The hash ended with them.</param>
    void OnFieldsEnded(in ItemKey key, bool isLast)
    {
    }
}
