using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>Does something when the value of KEYS[1] is ARGV[1], otherwise answers 0.</summary>
internal abstract class GuardedMeaning : ScriptMeaning
{
    // The first command of the script.
    private const int Get = 0;

    public sealed override void Run(in ScriptCall script)
    {
        if (!script.TryKey(out ItemKey key))
        {
            return;
        }

        RespCall call = script.Call;
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Find(key, ItemType.String, call.Now, out ItemView item, isAccess: false);
        if (found == Lookup.WrongType)
        {
            script.WrongType(Get);
            return;
        }

        bool exists = found == Lookup.Found;
        call.CountRead(key, exists);
        if (exists && script.HasArgument(1) && item.Value.SequenceEqual(script.Argument(1)))
        {
            RunOwned(script, scope.Shard, key, item.ExpiresAt);
        }
        else
        {
            call.Output.WriteInteger(0);
        }
    }

    /// <summary>The lock is the caller's.</summary>
    protected abstract void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt);
}
