namespace SessionGateway.Commands;

/// <summary>What commands tell and ask of what outlives the process; from any thread.</summary>
public interface IPersistence
{
    /// <summary>A restart would lose more than was promised.</summary>
    bool IsDegraded { get; }

    /// <summary>Writes are refused: what they do could not be promised, and promises were asked for.</summary>
    bool RefusesWrites { get; }

    /// <summary>Bytes of the log on the disk.</summary>
    long LogBytes { get; }

    /// <summary>Bytes of it when its last state was complete.</summary>
    long BaseBytes { get; }

    /// <summary>Bytes that wait to be written.</summary>
    long QueuedBytes { get; }

    /// <summary>Effects on items that are not known to be on the disk.</summary>
    long UnsyncedChanges { get; }

    /// <summary>Something is being brought to the disk now.</summary>
    bool IsSyncing { get; }

    /// <summary>Times that something waited longer for the disk than the policy promises.</summary>
    long DelayedSyncs { get; }

    /// <summary>Unix seconds at which everything that had been told before was on the disk last.</summary>
    long LastSyncTime { get; }

    /// <summary>Position up to which everything is on the disk.</summary>
    long SyncedPosition { get; }

    /// <summary>Requests that wait.</summary>
    RequestWaiters Waiters { get; }

    /// <summary>What is known of the states of a kind.</summary>
    StateFigures StatesFor(StateKind kind);

    /// <summary>Begins to write a state at once; false when one is being written.</summary>
    bool TryWriteState(StateKind kind);

    /// <summary>Has a state written when the one that is being written is complete.</summary>
    void ScheduleState(StateKind kind);

    /// <summary>Brings what was told so far to the disk soon, whatever the policy.</summary>
    void WantSync();
}
