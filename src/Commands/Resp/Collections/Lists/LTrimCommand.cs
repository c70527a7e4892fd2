using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LTRIM key start stop: what is outside goes.</summary>
internal sealed class LTrimCommand() : RespCommand(
    new CommandDescriptor("ltrim", 4, CommandFlags.Write)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Trim a list to the specified range",
        Complexity = "O(N) where N is the number of elements to be removed by the operation.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long start) || !call.TryInteger(3, out long stop))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        Lookup found = lists.Length(key, call.Now, out long count);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Found)
        {
            var range = RankRange.Between(start, stop, count);
            if (range.Count == 0)
            {
                scope.Shard.Remove(key, RemoveReason.Deleted, call.Now);
            }
            else
            {
                lists.RemoveAt(key, range.First + range.Count, count, call.Now);
                lists.RemoveAt(key, 0, range.First, call.Now);
            }

            if (range.Count == count)
            {
                // Redis 7 touches the key, whether anything goes or not (t_list.c, ltrimCommand).
                scope.Shard.Watches.Touch(key);
            }

            call.Context.Spend((count - range.Count) / WorkUnits.ElementsPerUnit);
            call.NotifyRemoved(KeyEventClasses.List, "ltrim"u8, key, isEmpty: range.Count == 0);
        }

        call.Output.WriteOk();
    }
}
