namespace SessionGateway.Replication.Pair;

/// <summary>What a node of a pair can hear; <see cref="PairInput"/> says what each brings.</summary>
public enum PairInputKind : byte
{
    /// <summary>Time passed.</summary>
    Tick,

    /// <summary>The node starts.</summary>
    Start,

    /// <summary>A Sentinel's hello.</summary>
    Hello,

    /// <summary>A Sentinel's PING.</summary>
    Ping,

    /// <summary>SLAVEOF NO ONE.</summary>
    Promote,

    /// <summary>SLAVEOF of an address.</summary>
    Follow,

    /// <summary>The backup is attached to this node.</summary>
    BackupAttached,

    /// <summary>The backup has what is up to a position.</summary>
    BackupAcked,

    /// <summary>This node has all that the primary had when it attached.</summary>
    Attached,

    /// <summary>This node has what its primary sent up to a position.</summary>
    Received,

    /// <summary>The replication link is gone.</summary>
    LinkLost,

    /// <summary>A client's write was executed.</summary>
    Written,

    /// <summary>The log is on the disk up to a position.</summary>
    Durable,

    /// <summary>The log cannot be written.</summary>
    LogFailed,

    /// <summary>The state file cannot be written, or something that had to come before it was not done.</summary>
    StateFailed,

    /// <summary>The backup asks for its lease.</summary>
    Renew,

    /// <summary>The primary grants it.</summary>
    Echo,

    /// <summary>The backup was asked to become primary.</summary>
    Promoting,

    /// <summary>The primary is primary no more.</summary>
    HandedOver,

    /// <summary>The primary goes on alone.</summary>
    Dropped,

    /// <summary>The other node may not decide.</summary>
    GaveUp,

    /// <summary>The other node is a backup and has not become primary.</summary>
    NeverActive,

    /// <summary>It is time to ask for a lease.</summary>
    RenewDue,

    /// <summary>It is time to look whether this node goes on alone.</summary>
    AloneDue,

    /// <summary>The primary has had its time to answer.</summary>
    HandshakeDue,

    /// <summary>It is time to look whether the promotion can go on.</summary>
    PromotionDue,

    /// <summary>Too few Sentinels and no backup were heard.</summary>
    SilenceDue,

    /// <summary>It is time to take the backup back.</summary>
    RejoinDue,

    /// <summary>An operator gives the role to the backup.</summary>
    Switch,

    /// <summary>An operator says that this node decides, whatever is lost.</summary>
    Force,
}
