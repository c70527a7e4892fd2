using SessionGateway.CompatTests.Harness;

namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>
/// The system's time. It counts the pauses between two tries of a lock: whoever makes one has found the lock taken.
/// </summary>
internal sealed class Pauses : TimeProvider
{
    // The library's other times are at least a second long; none of the tests shortens one of them below this.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private int _count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= Longest)
        {
            Interlocked.Increment(ref _count);
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Waits until some request has tried in vain, and has begun to try again.</summary>
    public Task UntilOneWaitsAsync() =>
        Wait.UntilAsync(() => Volatile.Read(ref _count) > 2, () => $"a request that waits; {_count} pauses");
}
