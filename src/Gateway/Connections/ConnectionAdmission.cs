using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>Counts open connections against the limit and spreads new ones over the loops.</summary>
internal sealed class ConnectionAdmission(int maxConnections)
{
    // Between the accept and the loop that takes them over; within the descriptors that DescriptorLimit keeps.
    private const int MaxOnTheirWay = 32;

    private int _open;
    private long _lastId;
    private int _nextLoop;

    /// <summary>The limit.</summary>
    public int MaxConnections { get; } = maxConnections;

    /// <summary>Connections now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>True when more are open than may be: one that has not logged in makes room.</summary>
    public bool IsOverfull => Open > MaxConnections;

    /// <summary>Takes a place.</summary>
    /// <param name="makesRoom">Others have not logged in: the oldest of them is closed when this one is taken
    /// over.</param>
    public bool TryEnter(bool makesRoom)
    {
        if (Interlocked.Increment(ref _open) <= MaxConnections + (makesRoom ? MaxOnTheirWay : 0))
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>The next connection's number.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>The loop for the next connection, in turn.</summary>
    public int NextLoop(int loops) => (int)((uint)Interlocked.Increment(ref _nextLoop) % (uint)loops);

    /// <summary>What a refused client is told: memcached's line (memcached.c, conn limit), or Redis' on RESP
    /// listeners.</summary>
    public static ReadOnlySpan<byte> Refusal(ListenerProtocol protocol) => protocol == ListenerProtocol.Resp
        ? "-ERR max number of clients reached\r\n"u8
        : "ERROR Too many open connections\r\n"u8;
}
