using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>DEL and UNLINK.</summary>
internal abstract class DeleteCommand(CommandDescriptor descriptor) : KeyCountCommand(descriptor)
{
    protected override bool Apply(in RespCall call, Shard shard, in ItemKey key)
    {
        bool removed = shard.Remove(key, RemoveReason.Deleted, call.Now);
        ProtocolStats stats = call.Stats;
        if (removed)
        {
            stats.DeleteHits++;
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }
        else
        {
            stats.DeleteMisses++;
        }

        return removed;
    }
}
