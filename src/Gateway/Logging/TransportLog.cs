using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>Events of listeners and connections: ids 2000 to 2099.</summary>
internal sealed partial class TransportLog(ILogger logger)
{
    [LoggerMessage(2000, LogLevel.Warning, "connection {Id} from {Peer} closed: {Bytes} bytes wait to be read by it")]
    public partial void OutputLimit(long id, string peer, long bytes);

    [LoggerMessage(2001, LogLevel.Warning,
        "TLS ClientHello from {Peer} on {Listener}, which speaks no TLS: connection closed")]
    public partial void TlsOnPlainListener(string peer, string listener);

    [LoggerMessage(2002, LogLevel.Warning,
        "connection {Id} from {Peer} closed: it neither read its answers nor finished its request")]
    public partial void Stalled(long id, string peer);

    [LoggerMessage(2003, LogLevel.Error, "accepting on {Listener} pauses for {Milliseconds} ms: {Reason}")]
    public partial void AcceptPressure(string listener, int milliseconds, string reason);

    [LoggerMessage(2004, LogLevel.Critical, "listener {Listener} is closed: {Reason}")]
    public partial void ListenerBroken(string listener, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "connection refused: {Limit} are open, the most allowed")]
    public partial void TooManyConnections(int limit);

    [LoggerMessage(2007, LogLevel.Warning,
        "at most {Allowed} connections instead of {Wanted}: the process may open only {Files} files")]
    public partial void ConnectionsCapped(int allowed, int wanted, long files);

    [LoggerMessage(2020, LogLevel.Warning,
        "connection {Id} from {Peer} closed: it holds {Bytes} bytes, more than one may")]
    public partial void ClientLimit(long id, string peer, long bytes);

    [LoggerMessage(2021, LogLevel.Warning,
        "connection {Id} from {Peer} closed: connections hold too much memory, it {Bytes} bytes")]
    public partial void ClientDropped(long id, string peer, long bytes);

    [LoggerMessage(2022, LogLevel.Warning,
        "{Count} more connections closed for what they hold in the last {Seconds} s")]
    public partial void MoreClosed(long count, int seconds);

    [LoggerMessage(2023, LogLevel.Warning,
        "{Count} connections closed whose replies still waited ({Bytes} bytes): their clients do not know what became "
            + "of their writes")]
    public partial void ClosedWhileHeld(int count, long bytes);

    [LoggerMessage(2006, LogLevel.Critical, "event loop {Index} failed")]
    public partial void LoopFailed(Exception exception, int index);

    [LoggerMessage(2009, LogLevel.Error, "the link to {Address} failed: it is closed, nothing else is affected")]
    public partial void LinkFailed(Exception exception, string address);

    [LoggerMessage(2008, LogLevel.Error,
        "command {Command} failed: connection {Id} from {Peer} closed, nothing else is affected (logged once for each "
            + "command)")]
    public partial void CommandFailed(Exception exception, string command, long id, string peer);
}
