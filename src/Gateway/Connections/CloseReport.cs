using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// Counts connections of one loop that were closed because of what they made the process hold, and tells the log: the
/// first ten of ten seconds one by one, of the others their number.
/// </summary>
internal sealed class CloseReport(TransportLog log, LoopStats stats)
{
    private const int LinesPerWindow = 10;
    private const int WindowMilliseconds = 10_000;

    private int _told;
    private long _untold;
    private long _windowStart;

    /// <summary>More waits to be read by the peer than its class allows.</summary>
    public void OutputLimit(Connection connection, long bytes)
    {
        stats.OutputLimitClosed++;
        if (MayTell())
        {
            log.OutputLimit(connection.Id, connection.RemoteAddress, bytes);
        }
    }

    /// <summary>The connection holds more than one may.</summary>
    public void ClientLimit(Connection connection, long bytes)
    {
        stats.ClientLimitClosed++;
        if (MayTell())
        {
            log.ClientLimit(connection.Id, connection.RemoteAddress, bytes);
        }
    }

    /// <summary>All connections together hold too much, this one most.</summary>
    public void Dropped(Connection connection, long bytes)
    {
        stats.ClientsDropped++;
        if (MayTell())
        {
            log.ClientDropped(connection.Id, connection.RemoteAddress, bytes);
        }
    }

    /// <summary>Once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        if (Math.Abs(now - _windowStart) < WindowMilliseconds)
        {
            return;
        }

        if (_untold > 0)
        {
            log.MoreClosed(_untold, WindowMilliseconds / 1000);
        }

        _windowStart = now;
        _told = 0;
        _untold = 0;
    }

    private bool MayTell()
    {
        if (_told < LinesPerWindow)
        {
            _told++;
            return true;
        }

        _untold++;
        return false;
    }
}
