namespace SessionGateway.ServerTests.InMemory;

/// <summary>A clock on which every reading of the timestamp finds some work done.</summary>
internal sealed class BusyClock(TimeSpan perReading) : TimeProvider
{
    private long _ticks;

    /// <summary>Time that has passed.</summary>
    public TimeSpan Elapsed => new(_ticks);

    /// <summary>Lets time pass without work.</summary>
    public void Advance(TimeSpan time) => _ticks += time.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks += perReading.Ticks;
}
