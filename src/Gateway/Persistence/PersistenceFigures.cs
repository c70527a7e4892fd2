using SessionGateway.Commands;
using SessionGateway.Durability.Writing;

namespace SessionGateway.Gateway.Persistence;

/// <summary>What commands tell of the log.</summary>
/// <param name="thread">Writes it.</param>
/// <param name="intake">What waits.</param>
/// <param name="refuses">Writes are refused while the disk fails.</param>
/// <param name="time">The clock.</param>
internal sealed class PersistenceFigures(LogThread thread, LogIntake intake, bool refuses, TimeProvider time)
    : IPersistence
{
    private readonly long _started = time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc/>
    public bool IsDegraded => thread.Writer.IsDegraded;

    /// <inheritdoc/>
    public bool RefusesWrites => refuses && thread.Writer.IsDegraded;

    /// <inheritdoc/>
    public long LogBytes => thread.Writer.LogBytes;

    /// <inheritdoc/>
    public long BaseBytes => thread.BaseBytes;

    /// <inheritdoc/>
    public long QueuedBytes => intake.QueuedBytes;

    /// <inheritdoc/>
    public bool IsWritingState => thread.IsTellingState;

    /// <inheritdoc/>
    public long States => thread.States;

    /// <inheritdoc/>
    public long LastSyncTime => thread.LastSyncTime is > 0 and var last ? last : _started;

    /// <inheritdoc/>
    public bool TryWriteState()
    {
        if (thread.IsTellingState)
        {
            return false;
        }

        thread.WantState();
        return true;
    }
}
