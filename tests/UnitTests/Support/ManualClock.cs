namespace SessionGateway.UnitTests.Support;

/// <summary>Time that only moves when told to.</summary>
public sealed class ManualClock : TimeProvider
{
    /// <summary>Unix milliseconds.</summary>
    public long Now { get; set; } = 1_700_000_000_000;

    /// <inheritdoc/>
    public override long TimestampFrequency => 1000;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
}
