using System.Diagnostics;

namespace SessionGateway.CompatTests.Harness;

/// <summary>
/// Waits for what another process, thread or connection is about to do. Whoever looks once at a log, a counter or a
/// file of another fails when the machine is busy with something else.
/// </summary>
public static class Wait
{
    /// <summary>Long enough for a machine that does something else on all cores; only a test that fails takes
    /// it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Polls until a condition is true.</summary>
    /// <param name="condition">What has to come true.</param>
    /// <param name="what">Says what did not, for the message.</param>
    /// <exception cref="TimeoutException">It did not within <see cref="Patience"/>.</exception>
    public static void Until(Func<bool> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            ThrowWhenLate(watch, what);
            Thread.Sleep(Pause);
        }
    }

    /// <summary>As <see cref="Until"/>, without a thread.</summary>
    public static async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            ThrowWhenLate(watch, what);
            await Task.Delay(Pause);
        }
    }

    private static void ThrowWhenLate(Stopwatch watch, Func<string> what)
    {
        if (watch.Elapsed > Patience)
        {
            throw new TimeoutException($"waited {Patience.TotalSeconds:0} s for: {what()}");
        }
    }
}
