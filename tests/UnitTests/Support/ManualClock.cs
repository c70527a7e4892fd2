namespace SessionGateway.UnitTests.Support;

/// <summary>Time that moves as it is told to.</summary>
public sealed class ManualClock : TimeProvider
{
    /// <summary>Unix milliseconds.</summary>
    public long Now { get; set; } = 1_700_000_000_000;

    /// <summary>So long takes what is done between two looks.</summary>
    public long MillisecondsPerLook { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => 1000;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now += MillisecondsPerLook;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}
