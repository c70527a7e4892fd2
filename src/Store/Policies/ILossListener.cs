namespace SessionGateway.Store.Policies;

/// <summary>
/// Hears of every live item that was given up for memory, to count and to log it. Called inside a shard's lock: it must
/// be quick and must not call back into the store.
/// </summary>
public interface ILossListener
{
    /// <summary>One loss.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="keyHash">Hash of the key: keys are secrets and stay out of logs.</param>
    /// <param name="idleMilliseconds">Time since the last access.</param>
    /// <param name="ttlMilliseconds">Time the item had left, or -1 without expiry.</param>
    void OnLost(LossReason reason, ulong keyHash, long idleMilliseconds, long ttlMilliseconds);
}
