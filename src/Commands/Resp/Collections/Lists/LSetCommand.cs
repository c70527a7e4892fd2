using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LSET key index element.</summary>
internal sealed class LSetCommand() : RespCommand(
    new CommandDescriptor("lset", 4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Set the value of an element in a list by its index",
        Complexity =
            "O(N) where N is the length of the list. Setting either the first or the last element of the list"
            + " is O(1).",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        Lookup found = lists.Length(key, call.Now, out long count);
        if (found == Lookup.Absent)
        {
            call.Error("-ERR no such key\r\n"u8);
            return;
        }

        if (call.RefusesWrite(found) || !call.TryInteger(2, out long index))
        {
            return;
        }

        ElementWrite outcome = lists.Set(key, index < 0 ? index + count : index, call[3], call.Now);
        if (outcome == ElementWrite.OutOfRange)
        {
            call.Error("-ERR index out of range\r\n"u8);
        }
        else if (call.Accepts(outcome))
        {
            call.Notify(KeyEventClasses.List, "lset"u8, key);
            call.Output.WriteOk();
        }
    }
}
