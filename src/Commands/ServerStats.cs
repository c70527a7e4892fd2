namespace SessionGateway.Commands;

/// <summary>The counters of all event loops.</summary>
public sealed class ServerStats(int loops)
{
    private readonly LoopStats[] _loops = [.. Enumerable.Range(0, loops).Select(_ => new LoopStats())];

    /// <summary>The counters of one loop.</summary>
    public LoopStats Loop(int index) => _loops[index];

    /// <summary>One counter over all loops. Values written by running loops may be a moment old.</summary>
    public long Sum(Func<LoopStats, long> counter)
    {
        long sum = 0;
        foreach (LoopStats loop in _loops)
        {
            sum += counter(loop);
        }

        return sum;
    }

    /// <summary>Looks at each loop's counters.</summary>
    internal void Each(Action<LoopStats> look) => Array.ForEach(_loops, look);

    /// <summary>
    /// Starts the counters of the memcached protocols again (<c>stats reset</c>). A counter that a running loop is
    /// adding to at this moment may keep its value.
    /// </summary>
    public void ResetMemcached()
    {
        foreach (LoopStats loop in _loops)
        {
            loop.Memcached.Reset();
        }
    }
}
