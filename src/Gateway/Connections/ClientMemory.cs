using SessionGateway.Store;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// What the connections of all loops hold together, and who has to go when it is too much: those that hold most (Redis
/// maxmemory-clients). When memory is full the limit is lower for peers that neither read nor go on: their buffers must
/// not be why sessions are refused.
/// </summary>
internal sealed class ClientMemory(long limitBytes, ItemStore store, ConnectionRegistry registry)
{
    // All connections are looked at, so not more often than this, unless they come to hold a good deal more meanwhile.
    private const int LeastMillisecondsBetween = 10;

    // A peer that took nothing for so long does not read, or the network is gone.
    private const int StalledMilliseconds = 1000;

    private readonly Lock _lock = new();
    private long _bytes;
    private long _lookedAt;
    private long _lookedBytes;

    /// <summary>Bytes now; from any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    // What stalled peers may hold although memory is full: about the store's own reserve.
    private long StalledLimit => limitBytes / 16;

    // New items are refused from here on, or soon.
    private bool IsStoreFull => store.UsedBytes >= store.MemoryLimit - store.ReserveBytes - (store.MemoryLimit / 32);

    /// <summary>A loop's connections hold more or less than before; once per turn.</summary>
    public void Count(long growth) => Interlocked.Add(ref _bytes, growth);

    /// <summary>Drops connections when they hold too much; on any loop, after its turn.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        long bytes = Bytes;
        if (bytes <= StalledLimit || (bytes <= limitBytes && !IsStoreFull))
        {
            return;
        }

        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            if (Math.Abs(now - _lookedAt) >= LeastMillisecondsBetween || bytes - _lookedBytes >= StalledLimit)
            {
                _lookedAt = now;
                _lookedBytes = DropFrom(bytes, now);
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    // Returns what is left of the bytes.
    private long DropFrom(long bytes, long now)
    {
        List<Connection> all = registry.All();
        foreach (Connection dropped in all.Where(c => c.IsDropped))
        {
            bytes -= dropped.HeldBytes;
        }

        all.RemoveAll(c => c.IsDropped);
        all.Sort((a, b) => b.HeldBytes.CompareTo(a.HeldBytes));
        foreach (Connection connection in all)
        {
            bool isStalled = connection.IsStalled && connection.StalledSince <= now - StalledMilliseconds;
            if (bytes <= StalledLimit || (bytes <= limitBytes && !IsStoreFull) || connection.HeldBytes == 0)
            {
                break;
            }

            if (bytes > limitBytes || isStalled)
            {
                bytes -= connection.HeldBytes;
                connection.Drop();
            }
        }

        return bytes;
    }
}
