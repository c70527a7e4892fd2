using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SPOP with a count: random members go, slice by slice.</summary>
internal sealed class SetPop(in RespCall call, long count) : CollectedReply(call, ElementHead.Set, ElementForm.Name)
{
    private const int MembersPerSlice = 128;

    protected override bool Collect(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        for (int i = 0; i < MembersPerSlice; i++)
        {
            if (Writer.Count == count || !TryPop(call, scope.Shard, key, Writer))
            {
                return true;
            }
        }

        call.Context.Spend(MembersPerSlice);
        return Writer.Count == count;
    }

    /// <summary>Takes a random member and writes it.</summary>
    public static bool TryPop(in RespCall call, Shard shard, in ItemKey key, ElementWriter writer)
    {
        Store.Collections.Sets sets = shard.Collections.Sets;
        var taken = new MemberList();
        if (sets.VisitRandom(key, call.Services.Random, call.Now, taken) != Lookup.Found)
        {
            return false;
        }

        writer.Write(taken[0]);
        sets.Remove(key, taken[0], call.Now);
        if (!shard.TryPeekAttributes(key, call.Now, out _))
        {
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }

        return true;
    }
}
