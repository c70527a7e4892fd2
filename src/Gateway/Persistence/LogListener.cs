using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary>Hands mutations to the log; with <c>--fsync batch</c> their replies wait for the disk.</summary>
/// <param name="intake">The log.</param>
/// <param name="pace">Slows down who writes too fast.</param>
/// <param name="gate">Holds replies; null: none waits.</param>
/// <param name="thread">Writes what replies wait for; null: it need not be told of turns.</param>
internal sealed class LogListener(LogIntake intake, WritePace pace, ReplyGate? gate = null, LogThread? thread = null)
    : IMutationListener
{
    /// <inheritdoc/>
    public bool WantsAccesses => true;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        // What nobody asked for has no reply: reads that are told, items that expire or are given up.
        bool isAsked = mutation.Kind is not (MutationKind.Accessed or MutationKind.GroupBegin)
            && (mutation.Kind != MutationKind.Removed || mutation.Reason == RemoveReason.Deleted);
        bool isOfTurn = isAsked && gate is not null && gate.Hold(mutation.Position);
        if (thread is not null)
        {
            thread.IsOfTurn = isOfTurn;
        }

        intake.OnMutation(mutation);
        if (isAsked)
        {
            pace.OnWritten();
        }
    }
}
