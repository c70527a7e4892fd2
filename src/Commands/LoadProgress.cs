namespace SessionGateway.Commands;

/// <summary>How far the items are that are read from the disk at the start; told by one thread, read by any.</summary>
public sealed class LoadProgress
{
    private long _totalBytes;
    private long _loadedBytes;

    /// <summary>Unix seconds at which it began.</summary>
    public required long StartedAt { get; init; }

    /// <summary>
    /// memcached connections are told by an error, too. Otherwise those that ask for an item are closed: libmemcached
    /// takes every error to a get for a miss, and PHP makes a new session of that.
    /// </summary>
    public bool TellsMemcached { get; init; }

    /// <summary>Bytes to read; 0 while unknown.</summary>
    public long TotalBytes => Volatile.Read(ref _totalBytes);

    /// <summary>Bytes read.</summary>
    public long LoadedBytes => Volatile.Read(ref _loadedBytes);

    /// <summary>Tells how far it is.</summary>
    public void Tell(long loadedBytes, long totalBytes)
    {
        Volatile.Write(ref _totalBytes, totalBytes);
        Volatile.Write(ref _loadedBytes, loadedBytes);
    }
}
