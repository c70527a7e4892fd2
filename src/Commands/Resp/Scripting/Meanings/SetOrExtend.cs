using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>
/// Renews the caller's lock for ARGV[2] milliseconds, and takes it again when it is gone (RedLock.net): 1, or -1 when
/// somebody else has it.
/// </summary>
internal sealed class SetOrExtend : ScriptMeaning
{
    // The commands of the script.
    private const int Get = 0;
    private const int Set = 1;
    private const int PExpire = 2;

    public override void Run(in ScriptCall script)
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
        if (!exists)
        {
            Take(script, scope.Shard, key);
        }
        else if (script.HasArgument(1) && item.Value.SequenceEqual(script.Argument(1)))
        {
            Renew(script, scope.Shard, key);
        }
        else
        {
            call.Output.WriteInteger(-1);
        }
    }

    private static void Take(in ScriptCall script, Shard shard, in ItemKey key)
    {
        RespCall call = script.Call;
        if (!script.HasArgument(1))
        {
            script.MissingArgument(Set);
        }
        else if (script.TryInteger(2, Set, out long time))
        {
            if (!Expiry.TryAfter(call.Now, time, 1, out long expiresAt))
            {
                script.Error(RespErrors.InvalidExpire("set"), Set);
            }
            else if (call.TryPutExpiring(shard, key, script.Argument(1), expiresAt))
            {
                call.Output.WriteInteger(1);
            }
        }
    }

    private static void Renew(in ScriptCall script, Shard shard, in ItemKey key)
    {
        if (script.TryInteger(2, PExpire, out long time))
        {
            script.Expire(shard, key, script.Call.Now, time, PExpire);
        }
    }
}
