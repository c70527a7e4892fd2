using System.Globalization;

namespace SessionGateway.Durability.Format;

/// <summary>Names of the files of the log.</summary>
public static class SegmentName
{
    private const string End = ".log";

    /// <summary>Ends the name of a segment that was set aside.</summary>
    public const string OrphanEnd = ".orphan";

    /// <summary>Name of a segment.</summary>
    public static string Of(long sequence) => sequence.ToString("d10", CultureInfo.InvariantCulture) + End;

    /// <summary>Number of a segment; 0 for the name of something else.</summary>
    public static long SequenceOf(string name) =>
        name.Length == 10 + End.Length && name.EndsWith(End, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 10), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? sequence : 0;
}
