using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>MSET key value [key value ...], all at one moment.</summary>
internal sealed class MSetCommand() : RespCommand(
    new CommandDescriptor("mset", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Tips = ["request_policy:multi_shard", "response_policy:all_succeeded"],
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1, -1, 2)],
        Group = "string",
        Since = "1.0.1",
        Summary = "Set multiple keys to multiple values",
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
        if (TryPutAll(call))
        {
            call.Output.WriteOk();
        }
    }

    /// <summary>Writes the pairs of a call whose shards are locked, or the error when memory ends.</summary>
    internal static bool TryPutAll(in RespCall call)
    {
        for (int i = 1; i < call.Count; i += 2)
        {
            ItemKey key = call.Key(i);
            if (!call.TryPut(call.Shard(key), key, call[i + 1], default, 0, 0))
            {
                return false;
            }
        }

        return true;
    }
}
