using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of replication: ids 8500 to 8599.</summary>
internal sealed partial class ReplicationLog(ILogger logger)
{
    [LoggerMessage(8500, LogLevel.Information, "replica of {Host}:{Port} from now on: clients write nothing")]
    public partial void Follows(string host, int port);

    [LoggerMessage(8501, LogLevel.Information, "primary from now on, history {Id} from offset {Offset}")]
    public partial void Leads(string id, long offset);

    [LoggerMessage(8502, LogLevel.Warning,
        "link to the primary {Host}:{Port}: {Reason}; next attempt in {Milliseconds} ms")]
    public partial void LinkDown(string host, int port, string reason, long milliseconds);

    [LoggerMessage(8503, LogLevel.Information, "the primary goes on at offset {Offset} of {Id}")]
    public partial void Continues(string id, long offset);

    [LoggerMessage(8504, LogLevel.Information, "the primary sends everything, as of offset {Offset} of {Id}")]
    public partial void CopyBegins(string id, long offset);

    [LoggerMessage(8505, LogLevel.Information,
        "a copy of {Bytes} bytes is in its place: {Keys} keys, {Ended} older ones ended, {Skipped} values left out")]
    public partial void CopyLoaded(long bytes, long keys, long ended, long skipped);

    [LoggerMessage(8506, LogLevel.Error, "a command of the primary was refused, after {Command}: {Reply}. "
        + "The items may differ from the primary's; slave_refused_commands counts")]
    public partial void Refused(string command, string reply);

    [LoggerMessage(8507, LogLevel.Information, "replica {Peer} goes on at offset {Offset}")]
    public partial void ReplicaContinues(string peer, long offset);

    [LoggerMessage(8508, LogLevel.Information, "replica {Peer} is sent everything, as of offset {Offset}: {Reason}")]
    public partial void ReplicaCopied(string peer, long offset, string reason);

    [LoggerMessage(8509, LogLevel.Information, "replica {Peer} has its copy: {Items} items in {Milliseconds} ms")]
    public partial void ReplicaOnline(string peer, long items, long milliseconds);

    [LoggerMessage(8510, LogLevel.Warning, "replica {Peer} is dropped: {Reason}")]
    public partial void ReplicaDropped(string peer, string reason);

    [LoggerMessage(8511, LogLevel.Error, "a copy for a replica failed")]
    public partial void CopyFailed(Exception failure);
}
