using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Writing;

/// <summary>What the log that is to be continued holds.</summary>
public sealed record LogPast
{
    /// <summary>Names the history.</summary>
    public required Guid Lineage { get; init; }

    /// <summary>Epoch of what is written from now on.</summary>
    public long Epoch { get; init; } = 1;

    /// <summary>Position of the last mutation.</summary>
    public long Position { get; init; }

    /// <summary>The highest cas unique.</summary>
    public ulong HighestCas { get; init; }

    /// <summary>Number of the last segment; 0 for none.</summary>
    public long LastSequence { get; init; }

    /// <summary>Recovery begins with this segment.</summary>
    public long StartSequence { get; init; } = 1;

    /// <summary>The segments that recovery needs, oldest first.</summary>
    internal IReadOnlyList<SegmentFacts> Segments { get; init; } = [];

    /// <summary>Segments that are there and that recovery does not need.</summary>
    internal IReadOnlyList<long> Needless { get; init; } = [];

    /// <summary>A log that has not begun.</summary>
    public static LogPast None(Guid lineage) => new() { Lineage = lineage };
}
