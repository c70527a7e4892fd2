using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>What a node runs on: its process, the log in memory and on the disk, and its state file. A log is the set
/// of writes in it, one bit each: writes are numbered in the order in which they were made, so a set is a
/// sequence.</summary>
internal struct Machine
{
    public MachineStatus Status;
    public int Log;
    public int Disk;
    public bool HasRecord;
    public PairRole RecordRole;
    public bool RecordIsPaired;
    public int RecordEpoch;

    /// <summary>How long it has been frozen.</summary>
    public int Lag;

    public readonly bool IsUp => Status == MachineStatus.Up;
}
