namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// The byte limit that all shards share. Writers stop <see cref="Reserve"/> below the limit: the rest is for
/// compaction, which needs room before it makes room.
/// </summary>
internal sealed class ByteBudget
{
    private readonly long _writerLimit;
    private long _used;

    public ByteBudget(long limit, long reserve)
    {
        Limit = limit;
        Reserve = reserve;
        _writerLimit = limit - reserve;
    }

    public long Limit { get; }

    public long Reserve { get; }

    public long Used => Interlocked.Read(ref _used);

    /// <summary>True when a writer could take so many bytes now.</summary>
    public bool HasRoom(long bytes) => Used + bytes <= _writerLimit;

    /// <summary>True while less than three quarters are taken.</summary>
    public bool IsAmple => Used < _writerLimit - (_writerLimit / 4);

    /// <summary>Takes bytes for a writer, or refuses.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= _writerLimit)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Takes bytes that are bounded by other means (compaction, bookkeeping, buffers); negative: gives
    /// them.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
