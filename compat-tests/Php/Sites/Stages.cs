using System.Collections.Concurrent;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>Everything that was started for the whole run.</summary>
internal static class Stages
{
    private static readonly ConcurrentBag<IDisposable> Kept = [];

    /// <summary>Keeps something until the end of the run.</summary>
    public static T Keep<T>(T started)
        where T : IDisposable
    {
        Kept.Add(started);
        return started;
    }

    /// <summary>Stops all of it.</summary>
    public static void Close() => Parallel.ForEach(Kept, started => started.Dispose());
}
