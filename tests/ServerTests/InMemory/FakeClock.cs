namespace SessionGateway.ServerTests.InMemory;

/// <summary>Time that moves when the test says so.</summary>
internal sealed class FakeClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _setBack;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now - _setBack;

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan time) => _now += time;

    /// <summary>Sets the wall clock back; timestamps go on.</summary>
    public void SetBack(TimeSpan time) => _setBack += time;
}
