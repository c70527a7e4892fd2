namespace SessionGateway.Gateway.Metrics;

/// <summary>
/// Gives the memory of the managed and the C library's heap back after a burst. In steady state nothing is allocated,
/// so no collection comes by itself and the garbage of names and messages would stay in the process for hours.
/// </summary>
/// <param name="heap">The heap of managed objects.</param>
/// <param name="freed">Bytes of objects, ever growing, that closed connections have left to the collector.</param>
/// <param name="trimNative">Gives back what lies free in the C library's heap.</param>
internal sealed class HeapTrim(IHeap heap, Func<long> freed, Action trimNative)
{
    /// <summary>More than this above what was left last time is worth a collection.</summary>
    public const long SlackBytes = 16 << 20;

    /// <summary>More than this left behind by connections is worth one, whatever the heap had before.</summary>
    public const long FreedBytes = 4 << 20;

    /// <summary>Between two collections.</summary>
    public const int LeastMilliseconds = 5000;

    /// <summary>Everybody waits while objects are moved together: so much takes about 10 ms. Where more is in use the
    /// memory between is used again, and given back when the rest is gone.</summary>
    public const long MostBytesToMove = 8 << 20;

    /// <summary>So long after a look that found much in use comes the next one, and each time twice as long: what
    /// became garbage during the look was in use to it.</summary>
    public const int AgainMilliseconds = 2000;

    /// <summary>At most so long: what was in use may be garbage that nobody has left behind by closing a
    /// connection.</summary>
    public const int MostMilliseconds = 60_000;

    private long _least = long.MaxValue;
    private int _again;
    private long _trimmedAt;
    private long _freedBefore;
    private bool _isMarking;

    /// <summary>For the heap of this process.</summary>
    /// <param name="freed">See the constructor.</param>
    public static HeapTrim OfProcess(Func<long> freed) => new(new ManagedHeap(), freed, NativeHeap.Trim);

    /// <summary>Looks at the heap; one loop calls it once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        if (_isMarking)
        {
            Finish();
            return;
        }

        long bytes = heap.Bytes;
        _least = Math.Min(_least, bytes);
        long since = Math.Abs(now - _trimmedAt);
        bool isWorthIt = (bytes > _least + SlackBytes || freed() - _freedBefore > FreedBytes)
            && since >= LeastMilliseconds;
        if (isWorthIt || (_again > 0 && since >= _again))
        {
            _again = isWorthIt ? 0 : _again;
            _trimmedAt = now;
            _freedBefore = freed();
            _isMarking = true;
            heap.Mark();
        }
    }

    private void Finish()
    {
        if (heap.Marked is not { } used)
        {
            return;
        }

        _isMarking = false;
        if (used <= MostBytesToMove)
        {
            heap.Compact();
            _again = 0;
        }
        else
        {
            _again = Math.Clamp(_again * 2, AgainMilliseconds, MostMilliseconds);
        }

        trimNative();
        // What is in use now is no reason to collect again.
        _least = heap.Bytes;
    }
}
