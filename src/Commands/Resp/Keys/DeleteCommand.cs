using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>DEL and UNLINK: several keys end at one moment.</summary>
internal abstract class DeleteCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        int removed = 0;
        if (call.Count == 2)
        {
            ItemKey key = call.Key(1);
            using ShardScope one = call.Store.Enter(key, call.Now);
            removed = Remove(call, one.Shard, key);
        }
        else
        {
            using MultiShardScope scope = call.Store.EnterMany(call.ShardsOf(1, call.Count - 1, 1), call.Now);
            for (int i = 1; i < call.Count; i++)
            {
                ItemKey key = call.Key(i);
                removed += Remove(call, call.Shard(key), key);
            }
        }

        call.Output.WriteInteger(removed);
    }

    private static int Remove(in RespCall call, Shard shard, in ItemKey key)
    {
        if (shard.Remove(key, RemoveReason.Deleted, call.Now))
        {
            call.Stats.DeleteHits++;
            return 1;
        }

        call.Stats.DeleteMisses++;
        return 0;
    }
}
