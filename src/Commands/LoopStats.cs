using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Commands;

/// <summary>Counters of one event loop: written by it alone without locks, summed by readers.</summary>
public sealed class LoopStats
{
    /// <summary>Connections accepted.</summary>
    public long Accepted;

    /// <summary>Connections refused over a limit, before their protocol was known.</summary>
    public long Rejected;

    /// <summary>Commands that ended with an exception, and their connections with them.</summary>
    public long FailedCommands;

    /// <summary>Connections closed because too much waited to be read by their peers.</summary>
    public long OutputLimitClosed;

    /// <summary>Connections closed because one held more than one may.</summary>
    public long ClientLimitClosed;

    /// <summary>Connections closed because all together held too much, or memory was full and their peers did not
    /// move.</summary>
    public long ClientsDropped;

    /// <summary>Connections whose request waits to be run again, now.</summary>
    public long Parked;

    /// <summary>Both memcached protocols.</summary>
    public ProtocolStats Memcached { get; } = new();

    /// <summary>RESP.</summary>
    public ProtocolStats Resp { get; } = new();

    /// <summary>Each command of RESP.</summary>
    internal CommandFigures Figures { get; } = new();

    /// <summary>The counters for a protocol; a connection that has not said a word counts as memcached's.</summary>
    public ProtocolStats Of(WireProtocol protocol) => protocol == WireProtocol.Resp ? Resp : Memcached;
}
