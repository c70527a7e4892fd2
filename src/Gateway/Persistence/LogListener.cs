using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary>Hands mutations to the log; with <c>--fsync batch</c> their replies wait for the disk.</summary>
/// <param name="intake">The log.</param>
/// <param name="gate">Holds replies; null: none waits.</param>
/// <param name="pace">Slows down who writes too fast.</param>
internal sealed class LogListener(LogIntake intake, ReplyGate? gate, WritePace pace) : IMutationListener
{
    /// <inheritdoc/>
    public bool WantsAccesses => true;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        intake.OnMutation(mutation);

        // What nobody asked for has no reply: reads that are told, items that expire or are given up.
        if (mutation.Kind is not (MutationKind.Accessed or MutationKind.GroupBegin)
            && (mutation.Kind != MutationKind.Removed || mutation.Reason == RemoveReason.Deleted))
        {
            pace.OnWritten();
            gate?.Hold(mutation.Position);
        }
    }
}
