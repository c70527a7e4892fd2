using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>GETDEL key.</summary>
internal sealed class GetDelCommand() : RespCommand(
    new CommandDescriptor("getdel", 2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "string",
        Since = "6.2.0",
        Summary = "Get the value of a key and delete the key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        call.CountRead(key, exists);
        if (!exists)
        {
            call.WriteNull();
            return;
        }

        call.Output.WriteBulk(item.Value);
        scope.Shard.Remove(key, RemoveReason.Deleted, call.Now);
        call.Notify(KeyEventClasses.Generic, "del"u8, key);
    }
}
