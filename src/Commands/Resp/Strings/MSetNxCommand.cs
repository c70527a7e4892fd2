using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>MSETNX key value [key value ...]: all, or none when one exists.</summary>
internal sealed class MSetNxCommand() : RespCommand(
    new CommandDescriptor("msetnx", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Tips = ["request_policy:multi_shard", "response_policy:agg_min"],
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Insert, 1, -1, 2)],
        Group = "string",
        Since = "1.0.1",
        Summary = "Set multiple keys to multiple values, only if none of the keys exist",
        Complexity = "O(N) where N is the number of keys to set.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count % 2 == 0)
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(1, call.Count - 1, 2));
        for (int i = 1; i < call.Count; i += 2)
        {
            ItemKey key = call.Key(i);
            if (call.Shard(key).TryPeekAttributes(key, call.Now, out _))
            {
                call.Output.WriteInteger(0);
                return;
            }
        }

        if (MSetCommand.TryPutAll(call))
        {
            call.Output.WriteInteger(1);
        }
    }
}
