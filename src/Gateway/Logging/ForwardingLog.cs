using System.Net;
using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of forwarding to a primary: ids 7000 to 7099.</summary>
internal sealed partial class ForwardingLog(ILogger logger)
{
    [LoggerMessage(7000, LogLevel.Information, "the primary is {Address}")]
    public partial void PrimaryFound(EndPoint address);

    [LoggerMessage(7001, LogLevel.Warning, "{Address} is not taken for the primary any more: {Reason}")]
    public partial void PrimaryLost(EndPoint address, string reason);

    [LoggerMessage(7002, LogLevel.Warning, "no primary: {Problem}")]
    public partial void NoPrimary(string problem);
}
