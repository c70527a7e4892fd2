using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZMPOP numkeys key [key ...] MIN | MAX [COUNT count]: from the first key that holds something.</summary>
internal sealed class ZMPopCommand() : RespCommand(
    new CommandDescriptor("zmpop", -4, CommandFlags.Write | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1) { IsCounted = true }],
        Group = "sorted-set",
        Since = "7.0.0",
        Summary = "Remove and return members with scores in a sorted set",
        Complexity =
            "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the"
            + " sorted set, and M being the number of elements popped.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!ManyPopOptions.TryParse(
            call, 1, "min"u8, "max"u8, out int last, out bool isMax, out long count))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        for (int i = 2; i <= last; i++)
        {
            ItemKey key = call.Key(i);
            Lookup found = call.Shard(key).Collections.SortedSets.Length(key, call.Now, out _);
            if (call.RefusesWrite(found))
            {
                return;
            }

            if (found == Lookup.Found)
            {
                ScorePop.Run(call, key, count, isMax, PopHead.KeyAndNested);
                return;
            }
        }

        call.Output.WriteNullArray(call.Version);
    }
}
