using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>GETSET key value: the old value; the new one never expires.</summary>
internal sealed class GetSetCommand() : RespCommand(
    new CommandDescriptor("getset", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Set the string value of a key and return its old value",
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
        int start = call.Output.Length;
        if (exists)
        {
            call.Output.WriteBulk(item.Value);
        }
        else
        {
            call.WriteNull();
        }

        int answered = call.Output.Length;
        if (!call.TryPut(scope.Shard, key, call[2], default, 0, 0) && answered > start)
        {
            call.Output.Truncate(start);
            call.Output.Write(RespErrors.OutOfMemory);
        }
    }
}
