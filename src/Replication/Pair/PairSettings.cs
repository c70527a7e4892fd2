namespace SessionGateway.Replication.Pair;

/// <summary>
/// Times and choices of a pair. Times are milliseconds; the model of the tests counts ticks of its own instead. The
/// defaults belong to Sentinels with down-after-milliseconds 2000 and failover-timeout 10000.
/// </summary>
public sealed record PairSettings
{
    /// <summary>Number of Sentinels that watch the pair. A majority of them is needed for every decision; 0 when an
    /// operator decides instead.</summary>
    public int Sentinels { get; init; } = 3;

    /// <summary>How many Sentinels are more than half of them.</summary>
    public int Majority => Sentinels == 0 ? int.MaxValue : (Sentinels / 2) + 1;

    /// <summary>How long a backup may be promoted after the primary last agreed. It has to be longer than detection,
    /// election and two hello periods together (down-after + 5 s): a lease that runs out first leaves nobody who may be
    /// promoted.</summary>
    public long Lease { get; init; } = 10_000;

    /// <summary>How much longer than the lease a primary waits before it goes on alone: clocks that run 1 % apart, and
    /// a second.</summary>
    public long Margin { get; init; } = 1_100;

    /// <summary>Sentinel's down-after-milliseconds.</summary>
    public long DownAfter { get; init; } = 2_000;

    /// <summary>How long a backup waits for the primary's answer before it looks for evidence instead; Sentinel asks
    /// for the role once a second, so nobody sees the wait.</summary>
    public long Handshake { get; init; } = 300;

    /// <summary>How often a backup asks for its lease.</summary>
    public long RenewEvery { get; init; } = 500;

    /// <summary>How long no Sentinel has raised its epoch before the base follows: raising it while an election runs
    /// would only delay that election's promotion (failover-timeout).</summary>
    public long RaiseAfter { get; init; } = 10_000;

    /// <summary>Between two ticks so much time means that the node was stopped (down-after/4).</summary>
    public long Gap { get; init; } = 500;

    /// <summary>A backup so few positions behind is taken back: replies wait until it has them.</summary>
    public long RejoinWithin { get; init; } = 1_000;

    /// <summary>What acknowledges a write while there are two.</summary>
    public PairAck Ack { get; init; } = PairAck.Backup;

    /// <summary>What acknowledges a write of a node that goes on alone.</summary>
    public AloneAck Alone { get; init; } = AloneAck.Disk;
}
