using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HDEL key field [field ...]: how many there were.</summary>
internal sealed class HDelCommand() : RespCommand(
    new CommandDescriptor("hdel", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Delete one or more hash fields",
        Complexity = "O(N) where N is the number of fields to be removed.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Sum);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.RefusesWrite(hashes.Length(key, call.Now, out long count)))
        {
            return;
        }

        int removed = 0;
        for (int i = 2; i < call.Count && removed < count; i++)
        {
            removed += hashes.Remove(key, call[i], call.Now) == Lookup.Found ? 1 : 0;
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
        if (removed > 0)
        {
            call.NotifyRemoved(KeyEventClasses.Hash, "hdel"u8, key, isEmpty: removed == count);
        }

        call.Output.WriteInteger(removed);
    }
}
