using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LPOP and RPOP: key [count].</summary>
internal abstract class PopCommand(CommandDescriptor descriptor, bool atStart) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        long count = 1;
        bool hasCount = call.Count == 3;
        if (call.Count > 3)
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        if (hasCount && !call.TryPositive(2, out count))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Lists.Length(key, call.Now, out _);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Absent)
        {
            WriteNothing(call, hasCount);
        }
        else if (!hasCount)
        {
            ElementPop.Run(call, key, 1, atStart, hasHead: false);
        }
        else if (count == 0)
        {
            call.Output.WriteArray(0);
        }
        else
        {
            ElementPop.Run(call, key, count, atStart, hasHead: true);
        }
    }

    private static void WriteNothing(in RespCall call, bool hasCount)
    {
        if (hasCount)
        {
            call.Output.WriteNullArray(call.Version);
        }
        else
        {
            call.WriteNull();
        }
    }
}
