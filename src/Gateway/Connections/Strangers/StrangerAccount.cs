using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>
/// What connections that still have to log in may take together, over all loops: places and bytes. Their bytes are not
/// counted by the store, which has set <paramref name="maxBytes"/> aside from the start: nothing that they do moves a
/// session.
/// </summary>
/// <param name="places">Most of them at a time.</param>
/// <param name="maxBytes">Most bytes that their buffers hold together.</param>
/// <param name="admission">Counts all connections; null when nobody does.</param>
internal sealed class StrangerAccount(int places, long maxBytes, ConnectionAdmission? admission)
{
    /// <summary>Most bytes of one: what one receive brings, and the longest login of RESP (16 KiB) whose rest is on its
    /// way.</summary>
    public const int MaxBytesEach = 80 << 10;

    /// <summary>Bytes that each may hold even when the others have taken all: logins are shorter.</summary>
    public const int AlwaysBytes = 1 << 10;

    /// <summary>Requests of one that are executed in a turn: enough for a login and its greeting.</summary>
    public const int RequestsPerTurn = 128;

    private const int LogMilliseconds = 60_000;

    private long _bytes;
    private long _late;
    private long _dropped;
    private long _greedy;
    private long _toldAt;

    /// <summary>An account without limits of its own, for loops on which nobody has to log in.</summary>
    public static StrangerAccount Unlimited() => new(int.MaxValue, long.MaxValue, null);

    /// <summary>Of all places a quarter: the others stay for those who have logged in. At least one.</summary>
    public static int PlacesOf(int maxConnections) => Math.Max(1, maxConnections / 4);

    /// <summary>Of all memory a 64th, 128 KiB to 4 MiB.</summary>
    public static long BytesOf(long memoryBytes) => Math.Clamp(memoryBytes / 64, 128 << 10, 4 << 20);

    /// <summary>Who they are, and who of them has to go.</summary>
    public StrangerQueue Queue { get; } = new(places, admission);

    /// <summary>Bytes that they hold.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts what the buffers of one grew by; false when that is too much.</summary>
    /// <param name="growth">Bytes, less than 0 for bytes given back.</param>
    /// <param name="held">What it holds now.</param>
    public bool TryCount(long growth, long held)
    {
        long all = Interlocked.Add(ref _bytes, growth);
        if (growth <= 0 || (held <= MaxBytesEach && (held <= AlwaysBytes || all <= maxBytes)))
        {
            return true;
        }

        Interlocked.Increment(ref _greedy);
        return false;
    }

    /// <summary>One is closed because it did not log in in time.</summary>
    public void CountLate() => Interlocked.Increment(ref _late);

    /// <summary>One is closed to make room.</summary>
    public void CountDropped() => Interlocked.Increment(ref _dropped);

    /// <summary>Tells the log what is due: one line a minute; one loop calls it once a second.</summary>
    public void Look(long now, LoginLog log)
    {
        if (Math.Abs(now - _toldAt) < LogMilliseconds)
        {
            return;
        }

        long late = Interlocked.Exchange(ref _late, 0);
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        long greedy = Interlocked.Exchange(ref _greedy, 0);
        if (late + dropped + greedy > 0)
        {
            log.StrangersClosed(late, dropped, greedy);
            _toldAt = now;
        }
    }
}
