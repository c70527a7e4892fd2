using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZMSCORE key member [member ...].</summary>
internal sealed class ZMScoreCommand() : RespCommand(
    new CommandDescriptor("zmscore", -3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Get the score associated with the given members in a sorted set",
        Complexity = "O(N) where N is the number of members being requested.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
        if (call.Refuses(sets.View(key, call.Now, out CollectionView set)))
        {
            return;
        }

        call.Output.WriteArray(call.Count - 2);
        for (int i = 2; i < call.Count; i++)
        {
            if (sets.TryFind(key, set, call[i], out double score))
            {
                call.Output.WriteDouble(score, call.Version);
            }
            else
            {
                call.WriteNull();
            }
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
    }
}
