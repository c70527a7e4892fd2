using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SMISMEMBER key member [member ...].</summary>
internal sealed class SMIsMemberCommand() : RespCommand(
    new CommandDescriptor("smismember", -3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "set",
        Since = "6.2.0",
        Summary = "Returns the membership associated with the given elements for a set",
        Complexity = "O(N) where N is the number of elements being checked for membership",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Sets sets = scope.Shard.Collections.Sets;
        if (call.Refuses(sets.View(key, call.Now, out CollectionView set)))
        {
            return;
        }

        call.Output.WriteArray(call.Count - 2);
        for (int i = 2; i < call.Count; i++)
        {
            call.Output.WriteInteger(sets.Has(key, set, call[i]) ? 1 : 0);
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
    }
}
