using Microsoft.Extensions.Logging;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of the store: ids 3000 to 3099.</summary>
internal sealed partial class StoreLog(ILogger logger)
{
    [LoggerMessage(3000, LogLevel.Warning,
        "session lost for memory ({Reason}): key hash {KeyHash}, not accessed for {IdleSeconds} s, {TtlSeconds} s to "
            + "live (-1 = no expiry)")]
    public partial void Lost(string reason, string keyHash, double idleSeconds, double ttlSeconds);

    [LoggerMessage(3001, LogLevel.Warning, "{Count} sessions lost for memory in the last {Seconds} s: {Reasons}")]
    public partial void LostInAll(long count, long seconds, string reasons);

    [LoggerMessage(3002, LogLevel.Error, "memory is full: {Count} writes refused in the last {Seconds} s")]
    public partial void Refused(long count, long seconds);

    [LoggerMessage(3003, LogLevel.Warning, "memory_pressure is {State}: {Used} of {Limit} bytes in use")]
    public partial void PressureRose(string state, long used, long limit);

    [LoggerMessage(3004, LogLevel.Information, "memory_pressure is {State} again: {Used} of {Limit} bytes in use")]
    public partial void PressureFell(string state, long used, long limit);

    [LoggerMessage(3005, LogLevel.Critical,
        "even the reserve of memory is gone: {Count} locks and rewrites of sessions refused in the last {Seconds} s")]
    public partial void RefusedInside(long count, long seconds);
}
