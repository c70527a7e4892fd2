using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LINSERT key BEFORE | AFTER pivot element: the length, -1 without the pivot, 0 without a list.</summary>
internal sealed class LInsertCommand() : RespCommand(
    new CommandDescriptor("linsert", 5, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "list",
        Since = "2.2.0",
        Summary = "Insert an element before or after another element in a list",
        Complexity =
            "O(N) where N is the number of elements to traverse before seeing the value pivot. This means that"
            + " inserting somewhere on the left end on the list (head) can be considered O(1) and inserting"
            + " somewhere on the right end (tail) is O(N).",
    })
{
    public override void Execute(in RespCall call)
    {
        bool isAfter = call.Is(2, "after"u8);
        if (!isAfter && !call.Is(2, "before"u8))
        {
            call.Error(RespErrors.Syntax);
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

        if (found == Lookup.Absent)
        {
            call.Output.WriteInteger(0);
            return;
        }

        var search = new ElementSearch(call[3], 1, 0);
        if (!search.TryRun(call, lists, key, isReverse: false))
        {
            return;
        }

        if (search.Places.Count == 0)
        {
            call.Output.WriteInteger(-1);
        }
        else if (call.Accepts(lists.Insert(key, search.Places[0] + (isAfter ? 1 : 0), call[4], call.Now)))
        {
            call.Notify(KeyEventClasses.List, "linsert"u8, key);
            call.Output.WriteInteger(count + 1);
        }
    }
}
