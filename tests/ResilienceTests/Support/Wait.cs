using System.Diagnostics;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>Waits for what another process does.</summary>
internal static class Wait
{
    /// <summary>Long enough for a machine that builds something else at the same time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Polls until a condition is true.</summary>
    public static void Until(Func<bool> condition, Func<string> what, TimeSpan? patience = null)
    {
        TimeSpan limit = patience ?? Patience;
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0.#} s for: {what()}");
            }

            Thread.Sleep(10);
        }
    }
}
