using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>TTL and its kin: -2 without an item, -1 without an expiry.</summary>
/// <param name="descriptor">What it is.</param>
/// <param name="unit">Milliseconds in one unit of the answer.</param>
/// <param name="isAbsolute">The answer is a Unix time.</param>
internal abstract class TimeToLiveCommand(CommandDescriptor descriptor, int unit, bool isAbsolute)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item);
        call.CountRead(key, exists);
        long answer = -2;
        if (exists)
        {
            // Seconds are rounded to the nearest.
            answer = item.ExpiresAt == 0 ? -1 : (item.ExpiresAt - (isAbsolute ? 0 : call.Now) + unit / 2) / unit;
        }

        call.Output.WriteInteger(answer);
    }
}
