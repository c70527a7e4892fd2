using System.Runtime.CompilerServices;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// What is known about a unit of the region. Written under the lock of the shard that holds the unit, or under the
/// pool's lock while nobody holds it. A segment is cut into <see cref="BlockCount"/> blocks; a record belongs to the
/// block it starts in, and each block knows its first record and the earliest time at which one of its records may
/// expire.
/// </summary>
internal struct SegmentInfo
{
    public const int BlockCount = 16;
    public const int BlockShift = 4;

    /// <summary>Value of <see cref="FirstRecords"/> for a block in which no record starts.</summary>
    public const uint NoRecord = uint.MaxValue;

    public UnitUse Use;

    /// <summary>Shard that holds the unit.</summary>
    public byte Shard;

    /// <summary>Database of the records.</summary>
    public byte Database;

    /// <summary>Group of expiry the segment was opened for; <see cref="Records.ExpiryClass"/>.</summary>
    public byte Class;

    /// <summary>Rises with every segment of the store: lower is older.</summary>
    public uint Sequence;

    /// <summary>Units in the run; 0 for all but its first unit.</summary>
    public int Units;

    /// <summary>Resident bytes of this one unit: what was ever written since the last release, in whole
    /// pages.</summary>
    public int Touched;

    /// <summary>Bytes of records, live and dead; the next record starts here.</summary>
    public int Used;

    /// <summary><see cref="Used"/> when upkeep last looked.</summary>
    public int UsedBefore;

    /// <summary>Bytes of live records.</summary>
    public int Live;

    /// <summary>Place in the shard's list of segments; in the pool the next unit of its list, plus one.</summary>
    public int Link;

    /// <summary>Readers of values in the segment that do not hold the lock: while there are any, no byte of a record
    /// behind its header changes, and the memory stays.</summary>
    public int Pins;

    /// <summary>The segment is no more, but for its memory, which the last reader gives back.</summary>
    public bool IsLeaving;

    public FirstRecordArray FirstRecords;

    public DueArray Due;

    [InlineArray(BlockCount)]
    public struct FirstRecordArray
    {
        private uint _first;
    }

    [InlineArray(BlockCount)]
    public struct DueArray
    {
        private long _first;
    }
}
