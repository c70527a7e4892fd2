namespace SessionGateway.Durability.Reading;

/// <summary>What a recovery read, and what it had to leave.</summary>
public sealed class RecoveryReport
{
    /// <summary>Segments that were read.</summary>
    public int Segments { get; internal set; }

    /// <summary>Bytes that were read.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Bytes to read, as far as known.</summary>
    public long AllBytes { get; internal set; }

    /// <summary>Records that were read.</summary>
    public long Records { get; internal set; }

    /// <summary>Bytes at the end that were cut.</summary>
    public long CutBytes { get; internal set; }

    /// <summary>Records that were cut: whole ones of a group that has no end, and one for what is not whole.</summary>
    public long CutRecords { get; internal set; }

    /// <summary>File whose end was cut.</summary>
    public string? CutFile { get; internal set; }

    /// <summary>Changes of items that were not there.</summary>
    public long Diverged { get; internal set; }

    /// <summary>Items that the memory limit did not allow.</summary>
    public long OutOfMemory { get; internal set; }

    /// <summary>Segments behind a failure of the disk that were set aside: their state was not complete.</summary>
    public int Orphans { get; internal set; }

    /// <summary>The gateway before stopped in order.</summary>
    public bool WasClosed { get; internal set; }
}
