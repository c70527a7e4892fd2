namespace SessionGateway.Durability.Format;

/// <summary>Where a segment begins, as who makes its records knows it.</summary>
internal sealed class SegmentStart
{
    /// <summary>Position of the mutation before its first.</summary>
    public required long PreviousPosition { get; init; }

    /// <summary>Unix milliseconds that its times are relative to.</summary>
    public required long BaseTime { get; init; }

    /// <summary>The highest cas unique before it.</summary>
    public required ulong HighestCas { get; init; }

    /// <summary>What it is.</summary>
    public SegmentFlags Flags { get; init; }

    /// <summary>The state that is being told is complete before it.</summary>
    public bool IsStateComplete { get; init; }

    /// <summary>How long its records matter; kept up by who makes them, final when the next segment begins.</summary>
    public Horizon Horizon { get; } = new();
}
