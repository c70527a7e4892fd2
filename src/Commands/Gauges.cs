using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>What is known by looking once a second; one loop looks, all read.</summary>
public sealed class Gauges
{
    private long _time;
    private long _commands;
    private long _bytesRead;
    private long _bytesWritten;

    /// <summary>Requests per second of RESP between the last two looks.</summary>
    public long CommandsPerSecond { get; private set; }

    /// <summary>Bytes received per second then.</summary>
    public long BytesReadPerSecond { get; private set; }

    /// <summary>Bytes sent per second then.</summary>
    public long BytesWrittenPerSecond { get; private set; }

    /// <summary>The most memory in use that was seen, in bytes.</summary>
    public long PeakUsedBytes { get; private set; }

    /// <summary>Looks.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="stats">Counters of the loops.</param>
    /// <param name="store">The items.</param>
    public void Look(long now, ServerStats stats, ItemStore store)
    {
        long elapsed = now - _time;
        bool isFirst = _time == 0;
        _time = now;
        CommandsPerSecond = Rate(ref _commands, stats.Sum(s => s.Resp.Commands), elapsed, isFirst);
        BytesReadPerSecond = Rate(ref _bytesRead, stats.Sum(s => s.Resp.BytesRead), elapsed, isFirst);
        BytesWrittenPerSecond = Rate(ref _bytesWritten, stats.Sum(s => s.Resp.BytesWritten), elapsed, isFirst);
        PeakUsedBytes = Math.Max(PeakUsedBytes, store.UsedBytes);
    }

    // Counters that were set back, and a clock that was, give 0 once.
    private static long Rate(ref long before, long count, long elapsed, bool isFirst)
    {
        long growth = count - before;
        before = count;
        return isFirst || elapsed <= 0 || growth < 0 ? 0 : growth * 1000 / elapsed;
    }
}
