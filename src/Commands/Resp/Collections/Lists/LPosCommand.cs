using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LPOS key element [RANK rank] [COUNT count] [MAXLEN length].</summary>
internal sealed class LPosCommand() : RespCommand(
    new CommandDescriptor("lpos", -3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "list",
        Since = "6.0.6",
        Summary = "Return the index of matching elements on a list",
        Complexity =
            "O(N) where N is the number of elements in the list, for the average case. When searching for"
            + " elements near the head or the tail of the list, or when the MAXLEN option is provided, the"
            + " command may run in constant time.",
    })
{
    public override void Execute(in RespCall call)
    {
        PositionOptions options = default;
        if (!options.TryParse(call))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        if (call.Refuses(lists.Length(key, call.Now, out _)))
        {
            return;
        }

        var search = new ElementSearch(call[2], options.MostMatches, options.Skipped) { MostLooks = options.MostLooks };
        if (!search.TryRun(call, lists, key, options.IsReverse))
        {
            return;
        }

        if (options.HasCount)
        {
            call.Output.WriteArray(search.Places.Count);
            foreach (long place in search.Places)
            {
                call.Output.WriteInteger(place);
            }
        }
        else if (search.Places.Count > 0)
        {
            call.Output.WriteInteger(search.Places[0]);
        }
        else
        {
            call.WriteNull();
        }
    }
}
