using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>
/// Sets KEYS[1] to ARGV[1] for ARGV[2] seconds unless it exists (Laravel's <c>add</c>): OK, or null.
/// </summary>
internal sealed class SetIfAbsent : ScriptMeaning
{
    // The second command of the script, after exists.
    private const int SetEx = 1;

    public override void Run(in ScriptCall script)
    {
        if (!script.TryKey(out ItemKey key))
        {
            return;
        }

        RespCall call = script.Call;
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        call.CountRead(key, exists);
        if (exists)
        {
            call.WriteNull();
            return;
        }

        if (!script.HasArgument(1))
        {
            script.MissingArgument(SetEx);
            return;
        }

        if (!script.TryInteger(2, SetEx, out long seconds))
        {
            return;
        }

        if (!Expiry.TryAfter(call.Now, seconds, 1000, out long expiresAt))
        {
            script.Error(RespErrors.InvalidExpire("setex"), SetEx);
        }
        else if (call.TryPutExpiring(scope.Shard, key, script.Argument(1), expiresAt))
        {
            call.Output.WriteOk();
        }
    }
}
