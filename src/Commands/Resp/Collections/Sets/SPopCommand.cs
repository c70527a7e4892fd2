using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

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
            return;
        }

        if (call.Count == 3 && !call.TryPositive(2, out wanted))
        {
            return;
        }

        Lookup found = Pop(call);
        if (found == Lookup.Found && call.Count == 3 && wanted > 0)
        {
            call.Connection.Run(new SetPop(call, wanted), call);
        }
        else if (found != Lookup.WrongType && call.Count == 3)
        {
            call.WriteEmpty(ElementHead.Set);
        }
        else if (found == Lookup.Absent)
        {
            call.WriteNull();
        }
    }

    // One member, or the look before several.
    private static Lookup Pop(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Store.Enter(key, call.Now);
        Lookup found = scope.Shard.Collections.Sets.Length(key, call.Now, out _);
        if (call.Refuses(found) || found != Lookup.Found)
        {
            return found;
        }

        if (call.Count == 2)
        {
            call.Notify(KeyEventClasses.Set, "spop"u8, key);
            SetPop.TryPop(call, scope.Shard, key, new ElementWriter(call.Output, call.Version, ElementForm.Name));
        }
        else if (!call.Is(2, "0"u8))
        {
            call.Notify(KeyEventClasses.Set, "spop"u8, key);
        }

        return found;
    }
}
