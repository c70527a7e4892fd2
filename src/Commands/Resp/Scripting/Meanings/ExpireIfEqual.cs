using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>Renews a lock: it lives ARGV[2] from now.</summary>
internal sealed class ExpireIfEqual(string command, int unit) : GuardedMeaning
{
    protected override void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt)
    {
        if (!script.TryInteger(2, 1, out long time))
        {
            return;
        }

        long now = script.Call.Now;
        if (time > (long.MaxValue - now) / unit || time < long.MinValue / unit)
        {
            script.Error(RespErrors.InvalidExpire(command), 1);
            return;
        }

        SetExpiry(script, shard, key, now + time * unit);
    }
}
