using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>GET key.</summary>
internal sealed class GetCommand() : RespCommand(
    new CommandDescriptor("get", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Get the value of a key",
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

        if (exists)
        {
            call.CountRead(hit: true);
            call.WriteValue(scope.Shard, item.Value);
        }
        else
        {
            call.CountRead(key, hit: false);
            call.WriteNull();
        }
    }
}
