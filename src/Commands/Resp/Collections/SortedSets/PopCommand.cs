using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZPOPMIN and ZPOPMAX: key [count].</summary>
internal abstract class PopCommand(CommandDescriptor descriptor, bool isMax) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        long count = 1;
        if (call.Count > 3)
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        if (call.Count == 3 && !call.TryPositive(2, out count))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.SortedSets.Length(key, call.Now, out _);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Absent || count == 0)
        {
            call.Output.WriteArray(0);
            return;
        }

        bool isNested = call.Version > 2 && call.Count == 3;
        ScorePop.Run(call, key, count, isMax, isNested ? PopHead.Nested : PopHead.Flat);
    }
}
