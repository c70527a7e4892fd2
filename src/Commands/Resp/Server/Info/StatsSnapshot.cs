using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>
/// The counters of INFO's Stats at one time: those of RESP, and what the store has lost to whom ever. CONFIG RESETSTAT
/// keeps one and INFO tells the difference.
/// </summary>
internal sealed record StatsSnapshot(
    long Connections, long Rejected, long Commands, long BytesRead, long BytesWritten, long Hits, long Misses,
    long ErrorReplies, long Expired, long Evicted, long Reads, long Writes, long WrongLogins)
{
    /// <summary>All zero.</summary>
    public static StatsSnapshot Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static StatsSnapshot operator -(StatsSnapshot a, StatsSnapshot b) => new(
        a.Connections - b.Connections, a.Rejected - b.Rejected, a.Commands - b.Commands, a.BytesRead - b.BytesRead,
        a.BytesWritten - b.BytesWritten, a.Hits - b.Hits, a.Misses - b.Misses, a.ErrorReplies - b.ErrorReplies,
        a.Expired - b.Expired, a.Evicted - b.Evicted, a.Reads - b.Reads, a.Writes - b.Writes,
        a.WrongLogins - b.WrongLogins);

    /// <summary>The counters now.</summary>
    public static StatsSnapshot Take(in RespCall call)
    {
        ServerStats stats = call.Services.Stats;
        long expired = 0;
        long evicted = 0;
        foreach (Shard shard in call.Store.Shards)
        {
            expired += shard.ExpiredCount;
            evicted += shard.EvictedCount;
        }

        return new StatsSnapshot(
            stats.Sum(s => s.Resp.Connections), stats.Sum(s => s.Rejected), stats.Sum(s => s.Resp.Commands),
            stats.Sum(s => s.Resp.BytesRead), stats.Sum(s => s.Resp.BytesWritten), stats.Sum(s => s.Resp.GetHits),
            stats.Sum(s => s.Resp.GetMisses), stats.Sum(s => s.Resp.ErrorReplies), expired, evicted,
            stats.Sum(s => s.Resp.Reads), stats.Sum(s => s.Resp.Writes), stats.Sum(s => s.Resp.AuthErrors));
    }
}
