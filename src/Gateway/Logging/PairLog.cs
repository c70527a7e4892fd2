using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of a pair: ids 8600 to 8699.</summary>
internal sealed partial class PairLog(ILogger logger)
{
    [LoggerMessage(8600, LogLevel.Information, "this node of the pair is {Role}, epoch {Epoch}")]
    public partial void Role(string role, long epoch);

    [LoggerMessage(8601, LogLevel.Critical, "{Reason}: this node of the pair serves nobody until it is started again")]
    public partial void NotKept(string reason);

    [LoggerMessage(8602, LogLevel.Warning, "nothing was done for {Monotonic} ms (with sleep {Boot} ms, by the wall "
        + "clock {Wall} ms): the node waits until it is confirmed")]
    public partial void Stopped(long monotonic, long boot, long wall);

    [LoggerMessage(8603, LogLevel.Warning, "the node at {Peer} is refused: {Reason}")]
    public partial void Refused(string peer, string reason);

    [LoggerMessage(8604, LogLevel.Information, "Sentinel {Address} is number {Number} of the pair")]
    public partial void Sentinel(string address, int number);

    [LoggerMessage(8605, LogLevel.Warning, "Sentinel {Address} is one more than --pair-sentinels: it does not count")]
    public partial void TooMany(string address);

    [LoggerMessage(8606, LogLevel.Information, "SLAVEOF {Whom}: {Answer}")]
    public partial void Asked(string whom, string answer);
}
