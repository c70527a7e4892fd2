using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LREM key count element: how many went.</summary>
internal sealed class LRemCommand() : RespCommand(
    new CommandDescriptor("lrem", 4, CommandFlags.Write)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Remove elements from a list",
        Complexity = "O(N+M) where N is the length of the list and M is the number of elements removed.",
    })
{
    // Elements that go at once, in a millisecond or two.
    private const int MostAtOnce = 1024;

    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long wanted))
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

        var search = new ElementSearch(
            call[3], wanted is 0 or long.MinValue ? long.MaxValue : Math.Abs(wanted), 0);
        if (!search.TryRun(call, lists, key, isReverse: wanted < 0))
        {
            return;
        }

        // From the end, so that the places before stay what they are.
        search.Places.Sort();
        if (search.Places.Count > MostAtOnce && !call.Context.IsAtomicStep && call.Context.NowIsBehind == 0)
        {
            call.Connection.Run(new ElementRemoval(call, search.Places, count), call);
            return;
        }

        for (int i = search.Places.Count - 1; i >= 0; i--)
        {
            lists.RemoveAt(key, search.Places[i], 1, call.Now);
        }

        if (search.Places.Count > 0)
        {
            bool isEmpty = search.Places.Count == count;
            call.NotifyRemoved(KeyEventClasses.List, "lrem"u8, key, isEmpty);
        }

        call.Context.Spend(search.Places.Count);
        call.Output.WriteInteger(search.Places.Count);
    }
}
