using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of the process: ids 1000 to 1099.</summary>
internal sealed partial class HostingLog(ILogger logger)
{
    [LoggerMessage(1000, LogLevel.Information, "draining: no new connections, at most {Seconds} s for answers in flight")]
    public partial void Draining(double seconds);

    [LoggerMessage(1001, LogLevel.Information, "stopped")]
    public partial void Stopped();
}
