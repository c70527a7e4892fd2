using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>MGET key [key ...], all at one moment.</summary>
internal sealed class MGetCommand() : RespCommand(
    new CommandDescriptor("mget", -2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Tips = ["request_policy:multi_shard"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1, -1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Get the values of all the given keys",
        Complexity = "O(N) where N is the number of keys to retrieve.",
    })
{
    public override void Execute(in RespCall call)
    {
        using MultiShardScope scope = call.Store.EnterMany(call.ShardsOf(1, call.Count - 1, 1), call.Now);
        call.Output.WriteArray(call.Count - 1);
        for (int i = 1; i < call.Count && !call.Output.Overflowed; i++)
        {
            ItemKey key = call.Key(i);
            bool exists = call.Shard(key).TryGet(key, call.Now, out ItemView item);
            call.CountRead(exists);
            if (exists)
            {
                call.Output.WriteBulk(item.Value);
            }
            else
            {
                call.WriteNull();
            }
        }
    }
}
