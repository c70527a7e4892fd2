namespace SessionGateway.Store.Mutations;

/// <summary>
/// Sees every effect on a store, one at a time and in the order of their positions; for one key that is the order in
/// which replies were decided. Called inside the lock of a shard and of the stream: it must be quick, must not throw,
/// must not call back into the store and must not keep spans. Durability, replication and notifications listen here.
/// </summary>
public interface IMutationListener
{
    /// <summary>True for a listener that needs <see cref="MutationKind.Accessed"/>: one that keeps a copy whose policy
    /// must choose as the original's would.</summary>
    bool WantsAccesses => false;

    /// <summary>One effect.</summary>
    void OnMutation(in Mutation mutation);
}
