namespace SessionGateway.Store.Mutations;

/// <summary>
/// Knows up to where what was written is settled: nothing takes it back any more. Who reads later writes is told of
/// to it, so that their replies wait. Called inside the lock of a shard: it must be quick, must not throw and must not
/// call back into the store.
/// </summary>
public interface IReadGuard
{
    /// <summary>Position of the mutation stream up to which everything is settled.</summary>
    long Settled { get; }

    /// <summary>The calling thread reads what was written at a position that is not settled.</summary>
    void OnUnsettled(long position);
}
