using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SMOVE source destination member.</summary>
internal sealed class SMoveCommand() : RespCommand(
    new CommandDescriptor("smove", 4, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "set",
        Since = "1.0.0",
        Summary = "Move a member from one set to another",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey source = call.Key(1), destination = call.Key(2);
        using MultiShardScope scope = call.Context.EnterMany(ShardsToLock(call));
        Store.Collections.Sets from = call.Shard(source).Collections.Sets;
        Store.Collections.Sets to = call.Shard(destination).Collections.Sets;
        Lookup found = from.Length(source, call.Now, out long count);
        if (found == Lookup.Absent)
        {
            call.Output.WriteInteger(0);
            return;
        }

        if (call.RefusesWrite(found) || call.RefusesWrite(to.Length(destination, call.Now, out _)))
        {
            return;
        }

        bool isMember = from.Find(source, call[3], call.Now) == Lookup.Found;
        if (!isMember || call[1].SequenceEqual(call[2]))
        {
            call.Output.WriteInteger(isMember ? 1 : 0);
            return;
        }

        // First there, so that it is nowhere for nobody when memory is out.
        bool isNew = !call.Shard(destination).TryPeekAttributes(destination, call.Now, out _);
        ElementWrite outcome = to.Add(destination, call[3], call.Now);
        if (!call.Accepts(outcome))
        {
            return;
        }

        from.Remove(source, call[3], call.Now);
        call.NotifyRemoved(KeyEventClasses.Set, "srem"u8, source, isEmpty: count == 1);
        if (isNew)
        {
            call.Notify(KeyEventClasses.New, "new"u8, destination);
        }

        if (outcome == ElementWrite.Added)
        {
            call.Notify(KeyEventClasses.Set, "sadd"u8, destination);
        }

        call.Output.WriteInteger(1);
    }
}
