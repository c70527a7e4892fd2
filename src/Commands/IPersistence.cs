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

    /// <summary>A state of all items is being written.</summary>
    bool IsWritingState { get; }

    /// <summary>States that were completed.</summary>
    long States { get; }

    /// <summary>Unix seconds at which everything that had been told before was on the disk last.</summary>
    long LastSyncTime { get; }

    /// <summary>Begins to write a state soon, so that the log becomes short; false when one is being written.</summary>
    bool TryWriteState();
}
