using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SREM key member [member ...]: how many there were.</summary>
internal sealed class SRemCommand() : RespCommand(
    new CommandDescriptor("srem", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Remove one or more members from a set",
        Complexity = "O(N) where N is the number of members to be removed.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Sum);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Sets sets = scope.Shard.Collections.Sets;
        Lookup found = sets.Length(key, call.Now, out long count);
        if (call.RefusesWrite(found))
        {
            return;
        }

        int removed = 0;
        for (int i = 2; i < call.Count && removed < count; i++)
        {
            removed += sets.Remove(key, call[i], call.Now) == Lookup.Found ? 1 : 0;
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
        if (removed > 0)
        {
            call.NotifyRemoved(KeyEventClasses.Set, "srem"u8, key, isEmpty: removed == count);
        }

        call.Output.WriteInteger(removed);
    }
}
