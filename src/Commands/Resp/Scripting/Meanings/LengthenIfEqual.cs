using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>
/// Adds ARGV[2] milliseconds to what a lock has left to live (FreeRedis, CSRedisCore). Without an expiry PTTL gives -1,
/// and that is what is added to.
/// </summary>
internal sealed class LengthenIfEqual : GuardedMeaning
{
    // The third command of the script, after get and pttl.
    private const int PExpire = 2;

    protected override void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt)
    {
        if (script.TryInteger(2, PExpire, out long time))
        {
            long start = expiresAt == 0 ? script.Call.Now - 1 : expiresAt;
            script.Expire(shard, key, start, time, PExpire);
        }
    }
}
