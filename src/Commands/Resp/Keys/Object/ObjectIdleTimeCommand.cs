using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>OBJECT IDLETIME key: seconds since the last access.</summary>
internal sealed class ObjectIdleTimeCommand() : RespCommand(
    new CommandDescriptor("object|idletime", 3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO, 2)],
        Group = "generic",
        Since = "2.2.3",
        Summary = "Get the time since a Redis object was last accessed",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item);
        call.CountRead(exists);
        if (exists)
        {
            call.Output.WriteInteger(Math.Max(call.Now - item.LastAccess, 0) / 1000);
        }
        else
        {
            call.WriteNull();
        }
    }
}
