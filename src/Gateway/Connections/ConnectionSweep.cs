using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// Closes connections of one loop that have waited too long: peers that do not read, requests that do not end while the
/// loop drains, idle ones when there is a limit, held replies for nobody, strangers that do not log in.
/// </summary>
internal sealed class ConnectionSweep(
    LoopConnections connections, LoopStrangers strangers, LoopSettings settings, TransportLog log)
{
    // The rest of a request that was on its way when the drain began has arrived by then, or its sender is stuck.
    private const int DrainQuietMilliseconds = 250;

    /// <summary>Looks at all.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="isDraining">Whoever has an unfinished request and is silent goes.</param>
    public void Look(long now, bool isDraining)
    {
        long stalledBefore = now - (long)settings.StallTimeout.TotalMilliseconds;
        long idleBefore = settings.IdleTimeout > TimeSpan.Zero ? now - (long)settings.IdleTimeout.TotalMilliseconds
            : long.MinValue;
        for (int i = connections.Count - 1; i >= 0; i--)
        {
            Connection connection = connections[i];
            connection.KeepLimits();
            strangers.CloseLate(connection, now, settings.LoginTimeout);
            if (!connection.IsOpen)
            {
                continue;
            }

            if (connection.IsStalled && connection.StalledSince < stalledBefore)
            {
                log.Stalled(connection.Id, connection.RemoteAddress);
                connection.Close();
            }
            else if (isDraining && connection.IsMidRequest && !connection.HoldsReplies
                && connection.LastActive < now - DrainQuietMilliseconds)
            {
                connection.Close();
            }
            else if (connection.HoldsForNobody(now)
                || (connection.LastActive < idleBefore && !connection.MayBeSilent))
            {
                connection.Close();
            }
        }
    }
}
