using Microsoft.Extensions.Logging;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore.State;

/// <summary>
/// Notices that the other stack keeps its sessions elsewhere: a wrong prefix is otherwise silent, every user simply
/// seems to be new. Sessions end all the time, so a missing one is looked for at most once a second, and said at most
/// once a minute.
/// </summary>
internal sealed class SiblingWatch(SessionKeyLayout layout, SessionStorage storage, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private long _nextLook = long.MinValue;
    private long _nextWarning = long.MinValue;

    /// <summary>A browser brought an id, and there is no session under it.</summary>
    public async Task LookForAsync(string id, CancellationToken cancellation)
    {
        if (layout.SiblingKeys.Count == 0 || !IsDue(ref _nextLook, BetweenLooks))
        {
            return;
        }

        (string Template, string Key)[] siblings = layout.SiblingsOf(id).ToArray();
        int found = await storage.FirstThatExistsAsync(siblings.Select(sibling => sibling.Key), cancellation);
        if (found >= 0 && IsDue(ref _nextWarning, BetweenWarnings))
        {
            SessionLog.FoundElsewhere(logger, SessionIdRule.ForLog(id), layout.DataKey, siblings[found].Template);
        }
    }

    private bool IsDue(ref long next, TimeSpan pause)
    {
        long now = time.GetTimestamp();
        long due = Volatile.Read(ref next);
        return now >= due
            && Interlocked.CompareExchange(ref next, now + (long)(pause.TotalSeconds * time.TimestampFrequency), due)
                == due;
    }
}
