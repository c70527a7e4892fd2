namespace SessionGateway.Replication.Pair;

/// <summary>One thing that a node of a pair hears. Make it by name.</summary>
/// <param name="Kind">What.</param>
/// <param name="A">First number.</param>
/// <param name="B">Second number.</param>
/// <param name="C">Third number.</param>
/// <param name="Sentinel">Which Sentinel.</param>
/// <param name="Name">Whom an address names.</param>
/// <param name="Flag">A choice.</param>
/// <param name="Record">What was on the disk at the start.</param>
public readonly record struct PairInput(PairInputKind Kind, long A = 0, long B = 0, long C = 0, int Sentinel = 0,
    PairName Name = PairName.Nobody, bool Flag = false, PairRecord? Record = null)
{
    /// <summary>Time passed since the last tick, by three clocks: one that never runs fast (CLOCK_MONOTONIC), one that
    /// also counts while the machine sleeps (CLOCK_BOOTTIME), and the wall clock. A tick comes before every other
    /// input.</summary>
    public static PairInput Tick(long monotonic, long boot, long wall) =>
        new(PairInputKind.Tick, monotonic, boot, wall);

    /// <summary>The node starts.</summary>
    /// <param name="record">What the state file holds; null without one.</param>
    /// <param name="position">Position that was recovered from the log.</param>
    /// <param name="isComplete">Whether the log is of the record's history and nothing of it is missing.</param>
    public static PairInput Start(PairRecord? record, long position, bool isComplete) =>
        new(PairInputKind.Start, position, Flag: isComplete, Record: record);

    /// <summary>A Sentinel's hello.</summary>
    /// <param name="sentinel">Its number.</param>
    /// <param name="current">Its current epoch.</param>
    /// <param name="config">Its config epoch of this pair.</param>
    /// <param name="named">Whom it names as primary.</param>
    /// <param name="round"><see cref="PairState.Round"/> when its connection was accepted.</param>
    public static PairInput Hello(int sentinel, long current, long config, PairName named, long round) =>
        new(PairInputKind.Hello, current, config, round, sentinel, named);

    /// <summary>A Sentinel's PING.</summary>
    public static PairInput Ping(int sentinel) => new(PairInputKind.Ping, Sentinel: sentinel);

    /// <summary>SLAVEOF NO ONE.</summary>
    public static PairInput Promote() => new(PairInputKind.Promote);

    /// <summary>SLAVEOF of an address.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="isOperator">Whether an operator says so at the first start of a new node.</param>
    public static PairInput Follow(PairName name, bool isOperator = false) =>
        new(PairInputKind.Follow, Name: name, Flag: isOperator);

    /// <summary>The backup is attached to this node.</summary>
    public static PairInput BackupAttached() => new(PairInputKind.BackupAttached);

    /// <summary>The backup has what is up to a position.</summary>
    public static PairInput BackupAcked(long position) => new(PairInputKind.BackupAcked, position);

    /// <summary>This node has all that the primary had when it attached.</summary>
    public static PairInput Attached(long epoch, long position) => new(PairInputKind.Attached, position, epoch);

    /// <summary>This node has what its primary sent up to a position.</summary>
    public static PairInput Received(long position) => new(PairInputKind.Received, position);

    /// <summary>The replication link is gone.</summary>
    public static PairInput LinkLost() => new(PairInputKind.LinkLost);

    /// <summary>A client's write was executed.</summary>
    public static PairInput Written(long position) => new(PairInputKind.Written, position);

    /// <summary>The log is on the disk up to a position.</summary>
    public static PairInput Durable(long position) => new(PairInputKind.Durable, position);

    /// <summary>The log cannot be written.</summary>
    public static PairInput LogFailed() => new(PairInputKind.LogFailed);

    /// <summary>The state file cannot be written, or something that had to come before it was not done.</summary>
    public static PairInput StateFailed() => new(PairInputKind.StateFailed);

    /// <summary>The backup asks for its lease: its number, the epoch it proposes as base, and the last number that it
    /// was granted.</summary>
    public static PairInput Renew(long number, long proposed, long answered) =>
        new(PairInputKind.Renew, number, proposed, answered);

    /// <summary>The primary grants the lease of a number, and says its config epoch.</summary>
    public static PairInput Echo(long number, long epoch) => new(PairInputKind.Echo, number, epoch);

    /// <summary>The backup was asked to become primary.</summary>
    public static PairInput Promoting() => new(PairInputKind.Promoting);

    /// <summary>The primary is primary no more; its log ends at a position, all of which was sent before.</summary>
    public static PairInput HandedOver(long position) => new(PairInputKind.HandedOver, position);

    /// <summary>The primary goes on alone.</summary>
    public static PairInput Dropped() => new(PairInputKind.Dropped);

    /// <summary>The other node may not decide.</summary>
    public static PairInput GaveUp() => new(PairInputKind.GaveUp);

    /// <summary>The other node is a backup and has not become primary.</summary>
    public static PairInput NeverActive() => new(PairInputKind.NeverActive);

    /// <summary>It is time to ask for a lease.</summary>
    /// <param name="raises">Whether the base follows the Sentinels' epochs.</param>
    public static PairInput RenewDue(bool raises) => new(PairInputKind.RenewDue, Flag: raises);

    /// <summary>One of the inputs that bring nothing.</summary>
    public static PairInput Of(PairInputKind kind) => new(kind);
}
