namespace SessionGateway.Commands;

/// <summary>What a connection holds of the process's memory (CLIENT LIST, MEMORY). Bytes.</summary>
public readonly record struct ClientUsage
{
    /// <summary>Number of the socket; -1 without one.</summary>
    public int Descriptor { get; init; }

    /// <summary>Received and not executed.</summary>
    public long InputBytes { get; init; }

    /// <summary>Room behind it.</summary>
    public long InputFreeBytes { get; init; }

    /// <summary>Replies and messages that wait to be read by the peer.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Memory of these, with the room behind them.</summary>
    public long OutputMemoryBytes { get; init; }

    /// <summary>Messages that other connections sent and the loop has not delivered yet.</summary>
    public int WaitingPushes { get; init; }

    /// <summary>Names, queue, watched keys, subscriptions.</summary>
    public long StateBytes { get; init; }

    /// <summary>Everything of the above.</summary>
    public long TotalBytes => InputBytes + InputFreeBytes + OutputMemoryBytes + StateBytes;
}
