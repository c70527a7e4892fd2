using StackExchange.Redis;

namespace SessionGateway.AspNetCore.Storage;

/// <summary>A lock that this request took.</summary>
internal abstract class HeldLock
{
    /// <summary>The condition under which the lock is still held, for a transaction; null when it is lost
    /// already.</summary>
    public abstract ValueTask<Condition?> ProofAsync(IDatabase database);

    /// <summary>Adds the release to a transaction that stands under <see cref="ProofAsync"/>.</summary>
    public abstract void ReleaseIn(ITransaction transaction);

    /// <summary>Releases the lock if it is still held.</summary>
    public abstract Task ReleaseAsync(IDatabase database);
}
