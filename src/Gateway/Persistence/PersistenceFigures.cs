using SessionGateway.Commands;
using SessionGateway.Durability.Writing;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Persistence;

/// <summary>What commands tell of the log, and ask of it.</summary>
/// <param name="thread">Writes it.</param>
/// <param name="intake">What waits.</param>
/// <param name="store">The items.</param>
/// <param name="refuses">Whether writes are refused while the disk fails.</param>
/// <param name="time">The clock.</param>
internal sealed class PersistenceFigures(
    LogThread thread, LogIntake intake, ItemStore store, Func<bool> refuses, TimeProvider time)
    : IPersistence
{
    private readonly long _started = time.GetUtcNow().ToUnixTimeSeconds();

    /// <inheritdoc/>
    public bool IsDegraded => thread.Writer.IsDegraded;

    /// <inheritdoc/>
    public bool RefusesWrites => thread.Writer.IsDegraded && refuses();

    /// <inheritdoc/>
    public long LogBytes => thread.Writer.LogBytes;

    /// <inheritdoc/>
    public long BaseBytes => thread.BaseBytes;

    /// <inheritdoc/>
    public long QueuedBytes => intake.QueuedBytes;

    /// <inheritdoc/>
    public long UnsyncedChanges => Math.Max(0, store.Mutations.Position - SyncedPosition);

    /// <inheritdoc/>
    public bool IsSyncing => thread.Writer.IsSyncing;

    /// <inheritdoc/>
    public long DelayedSyncs => thread.Writer.DelayedSyncs;

    /// <inheritdoc/>
    public long LastSyncTime => UnsyncedChanges == 0 && !IsDegraded
        ? time.GetUtcNow().ToUnixTimeSeconds()
        : thread.LastSyncTime is > 0 and var last ? last : _started;

    /// <inheritdoc/>
    public long SyncedPosition => thread.Writer.SyncedPosition;

    /// <inheritdoc/>
    public RequestWaiters Waiters => thread.Waiters;

    /// <inheritdoc/>
    public StateFigures StatesFor(StateKind kind) => thread.States.Of(kind);

    /// <inheritdoc/>
    public bool TryWriteState(StateKind kind) => thread.TryWantState(kind);

    /// <inheritdoc/>
    public void ScheduleState(StateKind kind) => thread.ScheduleState(kind);

    /// <inheritdoc/>
    public void WantSync() => thread.WantSync();
}
