using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>Releases a lock: deletes it when it is the caller's.</summary>
internal sealed class DeleteIfEqual : GuardedMeaning
{
    protected override void RunOwned(in ScriptCall script, Shard shard, in ItemKey key, long expiresAt)
    {
        shard.Remove(key, RemoveReason.Deleted, script.Call.Now);
        script.Call.Notify(KeyEventClasses.Generic, "del"u8, key);
        script.Call.Stats.DeleteHits++;
        script.Call.Output.WriteInteger(1);
    }
}
