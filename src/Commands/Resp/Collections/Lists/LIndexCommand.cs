using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LINDEX key index.</summary>
internal sealed class LIndexCommand() : RespCommand(
    new CommandDescriptor("lindex", 3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Get an element from a list by its index",
        Complexity =
            "O(N) where N is the number of elements to traverse to get to the element at index. This makes"
            + " asking for the first or the last element of the list O(1).",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        Lookup found = lists.Length(key, call.Now, out long count);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Absent)
        {
            call.WriteNull();
            return;
        }

        if (!call.TryInteger(2, out long index))
        {
            return;
        }

        index = index < 0 ? index + count : index;
        if (lists.Find(key, index, call.Now, out ElementView element) == Lookup.Found)
        {
            call.Output.WriteBulk(element.Name);
        }
        else
        {
            call.WriteNull();
        }
    }
}
