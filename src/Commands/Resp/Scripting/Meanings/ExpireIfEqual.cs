using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>Renews a lock: it lives ARGV[2] from now.</summary>
internal sealed class ExpireIfEqual(string name, int unit) : GuardedMeaning
{
    // The second command of the script, after get.
    private const int Command = 1;

    protected override void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt)
    {
        if (script.TryInteger(2, Command, out long time))
        {
            script.Expire(shard, key, script.Call.Now, time, Command, name, unit);
        }
    }
}
