using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>OBJECT REFCOUNT key: values are never shared here.</summary>
internal sealed class ObjectRefCountCommand() : RespCommand(
    new CommandDescriptor("object|refcount", 3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO, 2)],
        Group = "generic",
        Since = "2.2.3",
        Summary = "Get the number of references to the value of the key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        call.CountRead(exists);
        if (exists)
        {
            call.Output.WriteInteger(1);
        }
        else
        {
            call.WriteNull();
        }
    }
}
