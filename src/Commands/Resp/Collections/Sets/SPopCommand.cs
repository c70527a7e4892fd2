using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SPOP key [count]: random members go.</summary>
internal sealed class SPopCommand() : RespCommand(
    new CommandDescriptor("spop", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Remove and return one or multiple random members from a set",
        Complexity = "Without the count argument O(1), otherwise O(N) where N is the value of the passed count.",
    })
{
    public override void Execute(in RespCall call)
    {
        long wanted = 1;
        if (call.Count > 3)
        {
            call.Error(RespErrors.Syntax);
        }
        else if ((call.Count == 2 || call.TryPositive(2, out wanted)) && !TryPop(call, wanted))
        {
            call.Connection.Run(new SetPop(call, wanted), call);
        }
    }

    // False when there are several to take, and others to stay or too many for one step.
    private static bool TryPop(in RespCall call, long wanted)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Sets.View(key, call.Now, out CollectionView set);
        if (call.RefusesWrite(found))
        {
            return true;
        }

        if (found == Lookup.Absent || wanted == 0)
        {
            WriteNothing(call);
            return true;
        }

        call.Notify(KeyEventClasses.Set, "spop"u8, key);
        if (call.Count == 2)
        {
            SetPop.TryPop(call, scope.Shard, key, new ElementWriter(call.Output, call.Version, ElementForm.Name));
            return true;
        }

        if (wanted < set.Count || set.IsLarge)
        {
            return false;
        }

        ElementWriter.WriteHead(call.Output, ElementHead.Set, ElementForm.Name, set.Count, call.Version);
        foreach (ElementView member in set.Entries)
        {
            call.Output.WriteBulk(member.Name);
        }

        scope.Shard.Remove(key, RemoveReason.Deleted, call.Now);
        call.Notify(KeyEventClasses.Generic, "del"u8, key);
        return true;
    }

    private static void WriteNothing(in RespCall call)
    {
        if (call.Count == 2)
        {
            call.WriteNull();
        }
        else
        {
            call.WriteEmpty(ElementHead.Set);
        }
    }
}
