using SessionGateway.Store;
using SessionGateway.Store.Following;
using SessionGateway.Store.Mutations;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Repeats every effect in another store.</summary>
public sealed class ReplayListener(ItemStore twin) : IMutationListener
{
    private readonly MutationApplier _applier = new(twin);

    /// <inheritdoc/>
    public bool WantsAccesses => false;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation) => Assert.Equal(ApplyStatus.Applied, _applier.Apply(mutation));
}
