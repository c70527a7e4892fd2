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

    /// <summary>Changes of items that were read; marks and the brackets of groups are none.</summary>
    public long Records { get; internal set; }

    /// <summary>Bytes at the end that were cut.</summary>
    public long CutBytes { get; internal set; }

    /// <summary>Whole records of changes that were recognised in what was cut: of a group that has no end, or behind a
    /// broken one.</summary>
    public long CutRecords { get; internal set; }

    /// <summary>What was cut, in words; empty when nothing was.</summary>
    public string CutText => CutFile is null ? "" : CutRecords > 0
        ? $"{CutBytes} bytes cut, {CutRecords} whole records among them" : $"{CutBytes} bytes cut";

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
