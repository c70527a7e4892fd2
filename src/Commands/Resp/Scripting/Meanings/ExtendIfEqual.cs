using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>
/// Extends a lock by ARGV[2] milliseconds, or with another ARGV[3] than "0" sets its time to that (redis-py).
/// </summary>
internal sealed class ExtendIfEqual : GuardedMeaning
{
    // The third command of the script, after get and pttl.
    private const int PExpire = 2;

    protected override void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt)
    {
        if (expiresAt == 0)
        {
            script.Call.Output.WriteInteger(0);
            return;
        }

        if (!script.TryInteger(2, PExpire, out long time))
        {
            return;
        }

        bool adds = script.HasArgument(3) && script.Argument(3).SequenceEqual("0"u8);
        script.Expire(shard, key, adds ? expiresAt : script.Call.Now, time, PExpire);
    }
}
