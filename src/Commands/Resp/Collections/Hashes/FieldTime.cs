namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>Times at which fields end (redis 8 t_hash.c, parseExpireTime).</summary>
internal static class FieldTime
{
    // HFE_MAX_ABS_TIME_MSEC: a quarter of 2^48 ms, the year 4199.
    private const long Most = ((1L << 48) - 2) >> 2;

    /// <summary>
    /// Reads a time as Unix milliseconds, or writes the error. What is over already is 0 or the past.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="index">The argument.</param>
    /// <param name="unit">Milliseconds of one.</param>
    /// <param name="isRelative">From now on.</param>
    /// <param name="expiresAt">Unix milliseconds.</param>
    public static bool TryParse(in RespCall call, int index, int unit, bool isRelative, out long expiresAt)
    {
        expiresAt = 0;
        if (!call.TryInteger(index, out long time))
        {
            return false;
        }

        if (time < 0)
        {
            call.Error("-ERR invalid expire time, must be >= 0\r\n"u8);
            return false;
        }

        long start = isRelative ? call.Clock : 0;
        if (time > Most / unit || time * unit > Most - start)
        {
            call.Error(RespErrors.InvalidExpire(call.CommandName));
            return false;
        }

        expiresAt = start + (time * unit);
        return true;
    }
}
