using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>Members with the least or the greatest scores go, and are answered.</summary>
internal static class ScorePop
{
    // Members of one call, whatever the client asks for: they go in one step, which takes some 20 ms then.
    private const int MostMembers = 8192;

    /// <summary>Takes them and writes them behind their head.</summary>
    /// <param name="call">The call; the key's shard is held.</param>
    /// <param name="key">A key that holds a sorted set.</param>
    /// <param name="count">How many; those that are there.</param>
    /// <param name="isMax">Those with the greatest scores.</param>
    /// <param name="head">What comes before the members.</param>
    public static void Run(in RespCall call, in ItemKey key, long count, bool isMax, PopHead head)
    {
        Shard shard = call.Shard(key);
        Store.Collections.SortedSets sets = shard.Collections.SortedSets;
        var members = new MemberList();
        sets.Walk(key, 0, Math.Min(count, MostMembers), isMax, call.Now, members);
        WriteHead(call, key, members.Count, head);
        for (int i = 0; i < members.Count; i++)
        {
            if (head is PopHead.Nested or PopHead.KeyAndNested)
            {
                call.Output.WriteArray(2);
            }

            call.Output.WriteBulk(members[i]);
            call.Output.WriteDouble(members.ScoreAt(i), call.Version);
            sets.Remove(key, members[i], call.Now);
        }

        call.Context.Spend(members.Count);
        bool isEmpty = !shard.TryPeekAttributes(key, call.Now, out _);
        call.NotifyRemoved(KeyEventClasses.SortedSet, isMax ? "zpopmax"u8 : "zpopmin"u8, key, isEmpty);
    }

    private static void WriteHead(in RespCall call, in ItemKey key, int count, PopHead head)
    {
        switch (head)
        {
            case PopHead.Flat:
                call.Output.WriteArray(count * 2);
                break;
            case PopHead.Nested:
                call.Output.WriteArray(count);
                break;
            case PopHead.Key:
                call.Output.WriteArray((count * 2) + 1);
                call.Output.WriteBulk(key.Bytes);
                break;
            default:
                call.Output.WriteArray(2);
                call.Output.WriteBulk(key.Bytes);
                call.Output.WriteArray(count);
                break;
        }
    }
}
