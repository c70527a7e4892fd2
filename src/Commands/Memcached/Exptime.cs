namespace SessionGateway.Commands.Memcached;

/// <summary>The exptime rules of memcached (memcached.c, realtime; protocol.txt, "Expiration times").</summary>
public static class Exptime
{
    /// <summary>Result for an exptime that lies in the past: the item is gone at once.</summary>
    public const long Gone = -1;

    /// <summary>30 days in seconds (REALTIME_MAXDELTA): up to here an exptime is relative, above it is Unix
    /// time.</summary>
    public const long MaxRelativeSeconds = 60 * 60 * 24 * 30;

    /// <summary>
    /// Turns an exptime into an absolute expiry: 0 stays 0 (never), up to 30 days counts from now, more is Unix time,
    /// and negative or past is <see cref="Gone"/>. The text protocol sends it signed, the binary protocol unsigned.
    /// </summary>
    public static long ToExpiresAt(long exptime, long now)
    {
        if (exptime == 0)
        {
            return 0;
        }

        if (exptime < 0)
        {
            return Gone;
        }

        if (exptime <= MaxRelativeSeconds)
        {
            return now + (exptime * 1000);
        }

        long at = exptime * 1000;
        return at <= now ? Gone : at;
    }
}
