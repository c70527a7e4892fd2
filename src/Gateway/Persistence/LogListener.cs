using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary>Hands mutations to the log; with <c>--fsync batch</c> their replies wait for the disk.</summary>
/// <param name="intake">The log.</param>
/// <param name="pace">Slows down who writes too fast.</param>
/// <param name="settling">Decides whether replies wait for the disk; null: none does.</param>
/// <param name="thread">Writes what replies wait for; null: it need not be told of turns.</param>
internal sealed class LogListener(
    LogIntake intake, WritePace pace, Settling? settling = null, LogThread? thread = null)
    : IMutationListener
{
    /// <inheritdoc/>
    public bool WantsAccesses => true;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        bool isAsked = Settling.IsAsked(mutation);
        bool isOfTurn = isAsked && settling is { NeedsDisk: true } && settling.Gate.Hold(mutation.Position);
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
