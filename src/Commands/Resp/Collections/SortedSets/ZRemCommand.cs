using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZREM key member [member ...]: how many there were.</summary>
internal sealed class ZRemCommand() : RespCommand(
    new CommandDescriptor("zrem", -3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Remove one or more members from a sorted set",
        Complexity =
            "O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to"
            + " be removed.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Sum);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
        if (call.RefusesWrite(sets.Length(key, call.Now, out long count)))
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
            call.NotifyRemoved(KeyEventClasses.SortedSet, "zrem"u8, key, isEmpty: removed == count);
        }

        call.Output.WriteInteger(removed);
    }
}
