using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HSETNX key field value.</summary>
internal sealed class HSetNxCommand() : RespCommand(
    new CommandDescriptor("hsetnx", 4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Set the value of a hash field, only if the field does not exist",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Hashes.Find(key, call[2], call.Now, out _);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Found)
        {
            call.Output.WriteInteger(0);
        }
        else
        {
            call.NotifyIfNew(scope.Shard, key);
            if (!call.Accepts(scope.Shard.Collections.Hashes.Set(key, call[2], call[3], call.Now)))
            {
                return;
            }

            call.Notify(KeyEventClasses.Hash, "hset"u8, key);
            call.Output.WriteInteger(1);
        }
    }
}
