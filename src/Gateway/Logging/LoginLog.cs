using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of logins and of connections that have not logged in: ids 4000 to 4099.</summary>
internal sealed partial class LoginLog(ILogger logger)
{
    [LoggerMessage(4000, LogLevel.Warning,
        "{Count} failed logins from {Address} since the last such line; one line a minute")]
    public partial void Failed(long count, string address);

    [LoggerMessage(4001, LogLevel.Warning, "{Count} failed logins from addresses that are no longer kept apart")]
    public partial void FailedElsewhere(long count);

    [LoggerMessage(4002, LogLevel.Warning,
        "connections closed that had not logged in: {Late} after --login-timeout, {Dropped} to make room for newer "
            + "ones, {Greedy} that sent too much")]
    public partial void StrangersClosed(long late, long dropped, long greedy);
}
