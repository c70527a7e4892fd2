using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// ZRANGESTORE destination source min max [BYSCORE | BYLEX] [REV] [LIMIT offset count], in one step.
/// </summary>
internal sealed class ZRangeStoreCommand() : RespCommand(
    new CommandDescriptor("zrangestore", -5, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1), new KeySpec(KeyAccess.RO | KeyAccess.Access, 2)],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Store a range of members from sorted set into another key",
        Complexity =
            "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements"
            + " stored into the destination key.",
    })
{
    public override void Execute(in RespCall call)
    {
        RangeRequest request = default;
        if (!request.TryParse(call, 3, RangeKind.Open, isReverse: null, stores: true))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        ItemKey source = call.Key(2);
        Shard shard = call.Shard(source);
        Lookup found = shard.Collections.SortedSets.Length(source, call.Now, out long count);
        if (call.Refuses(found, 2))
        {
            return;
        }

        var members = new MemberList();
        if (found == Lookup.Found)
        {
            RankRange ranks = request.RanksIn(call, shard, source, count);
            if (ranks.Count / WorkUnits.KeysPerUnit > call.Services.Limits.AtomicWork)
            {
                call.Error(RespErrors.TooLargeSets);
                return;
            }

            call.Context.Spend(ranks.Count / WorkUnits.KeysPerUnit);
            shard.Collections.SortedSets.Walk(
                source, ranks.First, ranks.Count, isReverse: false, call.Now, members);
        }

        ScoredStore.Replace(call, members, "zrangestore"u8);
    }
}
