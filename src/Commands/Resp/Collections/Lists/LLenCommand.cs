using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LLEN key.</summary>
internal sealed class LLenCommand() : RespCommand(
    new CommandDescriptor("llen", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RO, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Get the length of a list",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.Refuses(scope.Shard.Collections.Lists.Length(key, call.Now, out long count)))
        {
            call.Output.WriteInteger(count);
        }
    }
}
