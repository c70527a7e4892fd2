using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>TYPE key.</summary>
internal sealed class TypeCommand() : RespCommand(
    new CommandDescriptor("type", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Determine the type stored at key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item);
        call.CountRead(key, exists);
        call.Output.WriteSimple(exists ? TypeTable.NameOf(item.Type) : "none"u8);
    }
}
