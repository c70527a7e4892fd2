namespace SessionGateway.Replication.Pair;

/// <summary>
/// All that a node of a pair knows, as a value: a rule changes it and says what has to be done (<see
/// cref="PairNode"/>). Durations count down or up by ticks, so that nothing here needs a clock; positions are those of
/// the log.
/// </summary>
public struct PairState
{
    /// <summary>No base has been agreed on.</summary>
    public const long Unknown = -1;

    /// <summary>What the node is.</summary>
    public PairRole Role;

    /// <summary>Whether it may serve clients; only a primary does.</summary>
    public bool Acts;

    /// <summary>Whether the members are both nodes (on the disk), or this one alone.</summary>
    public bool IsPaired;

    /// <summary>Whether it has data of a known history.</summary>
    public bool HasData;

    /// <summary>A joining node that was primary shows itself as master still: Sentinel then promotes the other one, as
    /// it would for a dead master.</summary>
    public bool WasPrimary;

    /// <summary>An operator has told a node without data whom to follow.</summary>
    public bool IsTold;

    /// <summary>Serves nobody until it is known that it is still primary.</summary>
    public bool IsSoftFenced;

    /// <summary>Was asked to become primary and waits for an answer or for evidence.</summary>
    public bool IsPromoting;

    /// <summary>The primary had its time to answer.</summary>
    public bool IsHandshakeOver;

    /// <summary>Gave its role to the backup in this life.</summary>
    public bool HasHandedOver;

    /// <summary>The other node said that it may not decide.</summary>
    public bool HasPeerGivenUp;

    /// <summary>Had all that was acknowledged at some time in this life, and lost nothing since.</summary>
    public bool IsIntact;

    /// <summary>The replication link stands: a backup is attached to this primary, or this backup to its
    /// primary.</summary>
    public bool IsLinked;

    /// <summary>Acknowledgements of a lone node wait, so that the backup can catch up with them.</summary>
    public bool IsRejoining;

    /// <summary>The log cannot be written.</summary>
    public bool IsLogBad;

    /// <summary>Highest config epoch acted under or followed.</summary>
    public long Epoch;

    /// <summary>The Sentinel epoch that both nodes agreed on with the last lease, or <see cref="Unknown"/>.</summary>
    public long Base;

    /// <summary>How long this backup may still be promoted.</summary>
    public long Lease;

    /// <summary>How long the backup may still be promoted, as its primary counts.</summary>
    public long Grant;

    /// <summary>Position of the last write that this node has.</summary>
    public long Written;

    /// <summary>Position up to which the log is on this node's disk.</summary>
    public long Durable;

    /// <summary>Position up to which writes are acknowledged and visible.</summary>
    public long Committed;

    /// <summary>Position that the backup acknowledged over the link of now; <see cref="Unknown"/> before the
    /// first.</summary>
    public long Acked;

    /// <summary>Number of the last request for a lease.</summary>
    public long RenewNumber;

    /// <summary>How long ago it was sent; <see cref="Unknown"/> when it was answered or the link is another.</summary>
    public long RenewAge;

    /// <summary>Which time Sentinels are asked; what came over older connections counts as old.</summary>
    public long Round;

    /// <summary>The first lease that was granted after the soft fence; <see cref="Unknown"/> before it.</summary>
    public long LiftAt;

    /// <summary>The last lease that this backup was granted over the link of now.</summary>
    public long Answered;

    /// <summary>How long ago the backup was heard.</summary>
    public long SinceAck;

    /// <summary>How long ago a lease was asked for.</summary>
    public long SinceRenew;

    /// <summary>How long ago a Sentinel showed an epoch higher than any before.</summary>
    public long SinceSeen;

    /// <summary>How long the primary has had for its answer.</summary>
    public long SincePromoting;

    /// <summary>The Sentinels.</summary>
    public SentinelViews Sentinels;

    /// <summary>Whether clients are served: requests are executed, and answered once they are committed.</summary>
    public readonly bool Serves => Acts && !IsSoftFenced;

    /// <summary>Whether INFO and ROLE say master.</summary>
    public readonly bool ShowsMaster => Role == PairRole.Primary || (Role == PairRole.Joining && WasPrimary);

    /// <summary>Whether PING is answered PONG; otherwise -NOTREADY, which Sentinel counts as silence.</summary>
    public readonly bool IsReady => Role != PairRole.Joining;

    /// <summary>Whether Sentinel may promote this node (slave_priority is 0 otherwise).</summary>
    public readonly bool CanPromote => Role == PairRole.Primary
        || (Role == PairRole.Backup && (Lease > 0 || (HasPeerGivenUp && IsIntact)));

    /// <summary>Whether the other node is told <see cref="PairInputKind.GaveUp"/> when the two meet: this one was one
    /// of two and has restarted, so that only the other can know.</summary>
    public readonly bool MayNotDecide => Role == PairRole.Joining && IsPaired;

    /// <summary>Whether the other node is told <see cref="PairInputKind.NeverActive"/> when the two meet.</summary>
    public readonly bool IsNeverActive => Role == PairRole.Backup && !IsPromoting;

    /// <summary>Whether the node wants the other one's data.</summary>
    public readonly bool WantsLink => Role is PairRole.Backup or PairRole.Fenced
        || (Role == PairRole.Joining && (HasData || IsTold));
}
