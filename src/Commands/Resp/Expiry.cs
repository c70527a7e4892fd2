namespace SessionGateway.Commands.Resp;

/// <summary>
/// Times of a request as absolute Unix milliseconds (redis 7 t_string.c, getExpireMillisecondsOrReply).
/// </summary>
internal static class Expiry
{
    /// <summary>A span of time from now, which must be positive and must not pass 64 bits.</summary>
    public static bool TryAfter(long now, long time, int unit, out long expiresAt)
    {
        expiresAt = 0;
        if (time <= 0 || time > (long.MaxValue - now) / unit)
        {
            return false;
        }

        expiresAt = now + time * unit;
        return true;
    }

    /// <summary>A point in time, which must be positive; it may be over already.</summary>
    public static bool TryAt(long time, int unit, out long expiresAt)
    {
        expiresAt = 0;
        if (time <= 0 || time > long.MaxValue / unit)
        {
            return false;
        }

        expiresAt = time * unit;
        return true;
    }
}
