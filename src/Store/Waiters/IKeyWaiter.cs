namespace SessionGateway.Store.Waiters;

/// <summary>Who waits until something happens to a key.</summary>
public interface IKeyWaiter
{
    /// <summary>
    /// Look again: the key may hold what is waited for, or it has become this one's turn. Called inside the lock of a
    /// shard, on the thread of whoever wrote: it posts a message and does nothing else. Also called for nothing, and
    /// again.
    /// </summary>
    void Wake();
}
