namespace SessionGateway.Commands;

/// <summary>What commands ask of replication; from any thread.</summary>
public interface IReplication
{
    /// <summary>Items come from a primary: clients write nothing.</summary>
    bool IsReplica { get; }

    /// <summary>Nothing may be written: no backup is there to acknowledge it.</summary>
    bool RefusesWrites { get; }

    /// <summary>Requests that wait for replicas (WAIT).</summary>
    RequestWaiters Waiters { get; }

    /// <summary>The moment behind the last effect: what a replica must have reached to have it.</summary>
    HistoryMark Mark { get; }

    /// <summary>Follows a primary.</summary>
    /// <returns>False when it is followed already.</returns>
    bool Follow(string host, int port);

    /// <summary>Follows nobody.</summary>
    void Lead();

    /// <summary>
    /// A replica wants the history, on the loop of its connection: the answer, and what follows it, are written to it.
    /// </summary>
    /// <param name="context">Of its connection.</param>
    /// <param name="peer">What is known of it.</param>
    /// <param name="id">The history that it knows.</param>
    /// <param name="offset">The next byte that it wants, from 1; -1: everything.</param>
    void Attach(CommandContext context, ReplicaPeer peer, ReadOnlySpan<byte> id, long offset);

    /// <summary>A replica has acknowledged.</summary>
    /// <param name="peer">It.</param>
    /// <param name="offset">It has everything up to here.</param>
    /// <param name="synced">On its disk up to here; -1: it has not said.</param>
    void Acknowledge(ReplicaPeer peer, long offset, long synced);

    /// <summary>The primary of this replica wants to know how far it is.</summary>
    void AnswerPrimary();

    /// <summary>How many replicas have reached a moment.</summary>
    int CountReached(HistoryMark mark);

    /// <summary>How many replicas have everything up to a moment on their disks.</summary>
    int CountSynced(HistoryMark mark);

    /// <summary>Asks all replicas how far they are.</summary>
    void AskReplicas();

    /// <summary>What is told of it.</summary>
    ReplicationFigures Figures();
}
