using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>STRLEN key.</summary>
internal sealed class StrLenCommand() : RespCommand(
    new CommandDescriptor("strlen", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "string",
        Since = "2.2.0",
        Summary = "Get the length of the value stored in a key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryGetAttributes(key, call.Now, out ItemView item);
        if (exists && item.Type != ItemType.String)
        {
            call.Error(RespErrors.WrongType);
            return;
        }

        call.CountRead(key, exists);
        call.Output.WriteInteger(item.Length);
    }
}
