namespace SessionGateway.Commands;

/// <summary>Counters of one event loop: written by it alone without locks, summed by readers. Named as memcached's <c>stats</c>.</summary>
public sealed class LoopStats
{
#pragma warning disable CS1591 // the names are memcached's own; see protocol.txt, "General-purpose statistics"
    public long CmdGet;
    public long GetHits;
    public long GetMisses;
    public long CmdSet;
    public long CmdFlush;
    public long CmdTouch;
    public long TouchHits;
    public long TouchMisses;
    public long DeleteHits;
    public long DeleteMisses;
    public long IncrHits;
    public long IncrMisses;
    public long DecrHits;
    public long DecrMisses;
    public long CasHits;
    public long CasMisses;
    public long CasBadval;
    public long AuthCommands;
    public long AuthErrors;
    public long TotalItems;
#pragma warning restore CS1591

    /// <summary>Requests executed, any protocol.</summary>
    public long Commands;

    /// <summary>Commands that ended with an exception, and their connections with them.</summary>
    public long FailedCommands;

    /// <summary>Error replies sent over RESP.</summary>
    public long ErrorReplies;

    /// <summary>Bytes received.</summary>
    public long BytesRead;

    /// <summary>Bytes sent.</summary>
    public long BytesWritten;

    /// <summary>Connections accepted.</summary>
    public long Accepted;

    /// <summary>Connections refused over the limit.</summary>
    public long Rejected;

    /// <summary>Starts all counters again.</summary>
    public void Reset()
    {
        CmdGet = GetHits = GetMisses = CmdSet = CmdFlush = CmdTouch = TouchHits = TouchMisses = DeleteHits = DeleteMisses = 0;
        IncrHits = IncrMisses = DecrHits = DecrMisses = CasHits = CasMisses = CasBadval = AuthCommands = AuthErrors = 0;
        TotalItems = Commands = FailedCommands = ErrorReplies = BytesRead = BytesWritten = Accepted = Rejected = 0;
    }
}
