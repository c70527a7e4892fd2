using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZCOUNT and ZLEXCOUNT: key min max.</summary>
internal abstract class CountRangeCommand(CommandDescriptor descriptor, RangeKind kind) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        RangeRequest request = default;
        if (!request.TryParse(call, 2, kind, isReverse: false, stores: true))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.SortedSets.Length(key, call.Now, out long count);
        if (!call.Refuses(found))
        {
            call.Output.WriteInteger(
                found == Lookup.Found ? request.RanksIn(call, scope.Shard, key, count).Count : 0);
        }
    }
}
