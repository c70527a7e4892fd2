using SessionGateway.Store.Mutations;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>The least that a listener does.</summary>
internal sealed class CountingListener : IMutationListener
{
    public long Bytes { get; private set; }

    public void OnMutation(in Mutation mutation) => Bytes += mutation.Key.Length + mutation.ValueLength;
}
