using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SETNX key value.</summary>
internal sealed class SetNxCommand() : RespCommand(
    new CommandDescriptor("setnx", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Insert, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Set the value of a key, only if the key does not exist",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (scope.Shard.TryPeekAttributes(key, call.Now, out _))
        {
            call.Output.WriteInteger(0);
        }
        else if (call.TryPut(scope.Shard, key, call[2], default, 0, 0))
        {
            call.Output.WriteInteger(1);
        }
    }
}
