namespace SessionGateway.Gateway.Timers;

/// <summary>The timers of one loop and the clock they go by: milliseconds since the loop was made, whatever the wall
/// clock does. Without timers it costs one comparison a turn.</summary>
internal sealed class LoopDeadlines(TimeProvider time)
{
    private readonly TimerWheel _wheel = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>The deadline so many milliseconds from now; not earlier.</summary>
    public long After(long milliseconds)
    {
        long now = (long)Math.Ceiling(Elapsed);
        return milliseconds > long.MaxValue - now ? long.MaxValue : now + milliseconds;
    }

    /// <summary>Sets a timer, or moves it.</summary>
    public void Set(WheelTimer timer, long dueAt)
    {
        // A timer that sets itself anew while it fires has the time of that.
        if (_wheel.Count == 0 && !_wheel.IsFiring)
        {
            _wheel.Advance((long)Elapsed);
        }

        _wheel.Set(timer, dueAt);
    }

    /// <summary>Takes a timer out, if it is set.</summary>
    public void Remove(WheelTimer timer) => _wheel.Remove(timer);

    /// <summary>How long the loop may wait.</summary>
    /// <param name="timeoutMilliseconds">How long without timers.</param>
    public int Until(int timeoutMilliseconds) => _wheel.Count == 0
        ? timeoutMilliseconds
        : (int)Math.Clamp(_wheel.NextAt - (long)Elapsed, 0, timeoutMilliseconds);

    /// <summary>Fires what is due.</summary>
    public void Fire()
    {
        if (_wheel.Count > 0)
        {
            _wheel.Advance((long)Elapsed);
        }
    }

    private double Elapsed => time.GetElapsedTime(_start).TotalMilliseconds;
}
