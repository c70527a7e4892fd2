using System.Text;
using SessionGateway.Gateway.Holding;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.ServerTests.Holding;

/// <summary>What a log will do: every write's reply waits for its position, which the test reaches.</summary>
/// <param name="gate">The gate.</param>
/// <param name="positions">When given, the positions of each key's writes are kept here.</param>
internal sealed class WritesWait(ReplyGate gate, Dictionary<string, List<long>>? positions = null) : IMutationListener
{
    private long _position;

    /// <summary>What the last write waits for; from any thread.</summary>
    public long Position => Volatile.Read(ref _position);

    public void OnMutation(in Mutation mutation)
    {
        bool isAsked = mutation.Kind is not (MutationKind.Accessed or MutationKind.GroupBegin)
            && (mutation.Kind != MutationKind.Removed || mutation.Reason == RemoveReason.Deleted);
        if (!isAsked)
        {
            return;
        }

        gate.Hold(mutation.Position);
        Volatile.Write(ref _position, mutation.Position);
        if (positions is not null)
        {
            string key = Encoding.ASCII.GetString(mutation.Key);
            positions.TryAdd(key, []);
            positions[key].Add(mutation.Position);
        }
    }
}
