using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SETEX and PSETEX: <c>key time value</c>.</summary>
/// <param name="descriptor">What it is.</param>
/// <param name="unit">Milliseconds in one unit of the time.</param>
internal abstract class SetExpiringCommand(CommandDescriptor descriptor, int unit) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long time))
        {
            return;
        }

        if (!Expiry.TryAfter(call.Clock, time, unit, out long expiresAt))
        {
            call.Error(RespErrors.InvalidExpire(Name));
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.TryPutExpiring(scope.Shard, key, call[3], expiresAt))
        {
            call.Output.WriteOk();
        }
    }
}
