using SessionGateway.Durability.Sealing;

namespace SessionGateway.Durability.Writing;

/// <summary>Sizes and times of the log.</summary>
public sealed record LogSettings
{
    /// <summary>When written records are brought to the disk.</summary>
    public SyncPolicy Sync { get; init; } = SyncPolicy.EverySecond;

    /// <summary>Bytes of records after which the next segment begins. 64 MiB: a segment is written in minutes, removed
    /// in a moment, and a new file a minute costs nothing.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Most bytes that may wait for the disk, and one mutation: a second of stall at 64 MB/s. Beyond it
    /// mutations are not logged any more until a state is.</summary>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of zeros that small writes of <see cref="SyncPolicy.Batch"/> are given room with, at most
    /// <see cref="MostRoomBytes"/>; 0: none.</summary>
    public int RoomBytes { get; init; }

    /// <summary>256 KiB: 200 sessions of 1.2 KB, each with a sync of its own, which takes half as long for it (ADR
    /// 0024); and a millisecond of a disk.</summary>
    public const int MostRoomBytes = 256 << 10;

    /// <summary>Asked for every segment what it is encrypted with; null: it is not.</summary>
    public Func<LogKey?> KeyOfNextSegment { get; init; } = static () => null;

    /// <summary>How long after a failure the disk is tried again.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
