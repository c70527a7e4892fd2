using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of the append log: ids 5000 to 5099.</summary>
internal sealed partial class PersistenceLog(ILogger logger)
{
    [LoggerMessage(5000, LogLevel.Information,
        "{Records} changes in {Bytes} bytes read from {Segments} segments in {Milliseconds} ms: {Items} items")]
    public partial void Loaded(long records, long bytes, int segments, long milliseconds, long items);

    [LoggerMessage(5001, LogLevel.Information,
        "loading: {Percent} % of {Bytes} bytes, {Rate} MB/s, {Seconds} s to go")]
    public partial void Loading(long percent, long bytes, long rate, long seconds);

    [LoggerMessage(5002, LogLevel.Warning, "the end of {File} was torn: {Cut}")]
    public partial void Cut(string file, string cut);

    [LoggerMessage(5003, LogLevel.Error,
        "{Diverged} changes of items that were not there, {OutOfMemory} items that --memory has no room for: left out")]
    public partial void LeftOut(long diverged, long outOfMemory);

    [LoggerMessage(5004, LogLevel.Error,
        "persistence is degraded: {Reason}. Nothing is logged until the disk takes a whole state")]
    public partial void Degraded(string reason);

    [LoggerMessage(5005, LogLevel.Information, "a state of all items is complete in the log: {Bytes} bytes")]
    public partial void StateComplete(long bytes);

    // As high as the failure: who hears of its beginning hears of its end.
    [LoggerMessage(5008, LogLevel.Error,
        "persistence is ok again: the log has a whole state of all items, {Bytes} bytes")]
    public partial void Mended(long bytes);

    [LoggerMessage(5006, LogLevel.Warning,
        "{Count} segments behind a failure of the disk were set aside (.orphan): their state was not complete")]
    public partial void SetAside(int count);

    [LoggerMessage(5007, LogLevel.Error, "{Problem}: the log goes on with key {Id}, which was read before")]
    public partial void KeyFileUnusable(string problem, string id);
}
