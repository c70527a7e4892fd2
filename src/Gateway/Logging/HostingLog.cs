using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of the process: ids 1000 to 1099.</summary>
internal sealed partial class HostingLog(ILogger logger)
{
    [LoggerMessage(1000, LogLevel.Information,
        "draining: no new connections, at most {Seconds} s for answers in flight")]
    public partial void Draining(double seconds);

    [LoggerMessage(1001, LogLevel.Information, "stopped")]
    public partial void Stopped();

    [LoggerMessage(1002, LogLevel.Warning,
        "{Signal} is ignored: options are read at the start only. SIGTERM drains and stops, sessions {Fate}")]
    public partial void SignalIgnored(string signal, string fate);

    [LoggerMessage(1004, LogLevel.Warning,
        "whoever reaches {Address} reads and changes every session: --insecure, and nobody has to log in")]
    public partial void ListensToEverybody(string address);

    [LoggerMessage(1003, LogLevel.Error, "{Feature} did not stop as it should")]
    public partial void FeatureStopFailed(Exception exception, string feature);
}
