namespace SessionGateway.Commands;

/// <summary>
/// Counters of one event loop for the memcached protocols or for RESP, named as memcached's <c>stats</c>. <c>stats</c>
/// tells the sums of the one kind, <c>INFO</c> of the other, so that who adds both counts nothing twice.
/// </summary>
public sealed class ProtocolStats
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

    /// <summary>Requests executed.</summary>
    public long Commands;

    /// <summary>Error replies sent over RESP.</summary>
    public long ErrorReplies;

    /// <summary>Bytes received.</summary>
    public long BytesRead;

    /// <summary>Bytes sent.</summary>
    public long BytesWritten;

    /// <summary>Times that bytes were received.</summary>
    public long Reads;

    /// <summary>Times that bytes were sent.</summary>
    public long Writes;

    /// <summary>Connections whose first byte has told the protocol.</summary>
    public long Connections;

    /// <summary>Those of them that are open; a gauge, which no reset changes.</summary>
    public long OpenConnections;

    /// <summary>Counts bytes that were received at once.</summary>
    public void CountRead(int bytes)
    {
        BytesRead += bytes;
        Reads += bytes > 0 ? 1 : 0;
    }

    /// <summary>Counts bytes that were sent at once.</summary>
    public void CountWritten(int bytes)
    {
        BytesWritten += bytes;
        Writes += bytes > 0 ? 1 : 0;
    }

    /// <summary>Starts all counters again.</summary>
    public void Reset()
    {
        CmdGet = GetHits = GetMisses = CmdSet = CmdFlush = CmdTouch = TouchHits = TouchMisses = DeleteHits =
            DeleteMisses = 0;
        IncrHits = IncrMisses = DecrHits = DecrMisses = CasHits = CasMisses = CasBadval = AuthCommands = AuthErrors = 0;
        TotalItems = Commands = ErrorReplies = BytesRead = BytesWritten = Reads = Writes = Connections = 0;
    }
}
