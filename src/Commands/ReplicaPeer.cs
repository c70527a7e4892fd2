namespace SessionGateway.Commands;

/// <summary>A connection whose peer is a replica, as it told of itself (REPLCONF) and was seen since. Written by its
/// loop; others may read it.</summary>
public sealed class ReplicaPeer
{
    private long _acknowledged;
    private long _acknowledgedAt;
    private long _synced = -1;

    /// <summary>The port that clients use there; 0 = not told.</summary>
    public int ListeningPort { get; set; }

    /// <summary>The address that clients use there; null: that of the connection.</summary>
    public string? Address { get; set; }

    /// <summary>It reads a copy whose length is not known before.</summary>
    public bool TakesMarkedCopies { get; set; }

    /// <summary>It knows that a history may go on under another name.</summary>
    public bool KnowsRenames { get; set; }

    /// <summary>It is a gateway that reads records (ADR 0024).</summary>
    public bool TakesRecords { get; set; }

    /// <summary>The number that the backup of this pair gave the connection; 0: it is none.</summary>
    public ulong PairLink { get; set; }

    /// <summary>It only wants a copy, no commands behind it.</summary>
    public bool WantsCopyOnly { get; set; }

    /// <summary>Commands are sent to it, or will be when it has its copy.</summary>
    public bool IsAttached { get; set; }

    /// <summary>It has its copy: commands are sent.</summary>
    public bool IsOnline { get; set; }

    /// <summary>Up to here it has everything.</summary>
    public long Acknowledged
    {
        get => Volatile.Read(ref _acknowledged);
        set => Volatile.Write(ref _acknowledged, value);
    }

    /// <summary>Up to here its log is on its disk (REPLCONF ACK ... FACK); -1: it has not said.</summary>
    public long Synced
    {
        get => Volatile.Read(ref _synced);
        set => Volatile.Write(ref _synced, value);
    }

    /// <summary>Unix milliseconds of its last acknowledgement.</summary>
    public long AcknowledgedAt
    {
        get => Volatile.Read(ref _acknowledgedAt);
        set => Volatile.Write(ref _acknowledgedAt, value);
    }
}
