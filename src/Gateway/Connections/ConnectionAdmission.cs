using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>Counts open connections against the limit and spreads new ones over the loops.</summary>
internal sealed class ConnectionAdmission(int maxConnections)
{
    // Whose places are given already and whose loops have not closed them; within the descriptors that DescriptorLimit
    // keeps.
    private const int MaxLeaving = 32;

    private int _open;
    private long _lastId;
    private int _nextLoop;

    /// <summary>The limit.</summary>
    public int MaxConnections { get; } = maxConnections;

    /// <summary>Connections now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>False while so many are on their way out that newcomers have to wait for them.</summary>
    public bool MayAccept => Open < MaxConnections + MaxLeaving;

    /// <summary>Takes a place if there is one.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= MaxConnections)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Takes a place that somebody else has given, or will.</summary>
    public void Enter() => Interlocked.Increment(ref _open);

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>The next connection's number.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>The last connection's number.</summary>
    public long LastId => Volatile.Read(ref _lastId);

    /// <summary>The loop for the next connection, in turn.</summary>
    public int NextLoop(int loops) => (int)((uint)Interlocked.Increment(ref _nextLoop) % (uint)loops);

    /// <summary>What a refused client is told: memcached's line (memcached.c, conn limit), or Redis' on RESP
    /// listeners.</summary>
    public static ReadOnlySpan<byte> Refusal(ListenerProtocol protocol) => protocol == ListenerProtocol.Resp
        ? "-ERR max number of clients reached\r\n"u8
        : "ERROR Too many open connections\r\n"u8;
}
