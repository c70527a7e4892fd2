using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>Puts members under the destination key, argument 1, in place of whatever it held, and answers their
/// number.</summary>
internal static class ScoredStore
{
    /// <summary>Stores.</summary>
    /// <param name="call">The call; the destination's shard is held.</param>
    /// <param name="members">The members.</param>
    /// <param name="eventName">Name of the event.</param>
    public static void Replace(in RespCall call, MemberList members, ReadOnlySpan<byte> eventName)
    {
        ItemKey key = call.Key(1);
        Shard shard = call.Shard(key);
        if (members.Count > 0)
        {
            call.NotifyIfNew(shard, key);
        }

        bool existed = shard.Remove(key, RemoveReason.Deleted, call.Now);
        for (int i = 0; i < members.Count; i++)
        {
            double score = members.ScoreAt(i);
            score = score == 0 ? 0 : score;
            if (!call.Accepts(shard.Collections.SortedSets.Set(key, members[i], score, call.Now)))
            {
                return;
            }
        }

        if (members.Count > 0)
        {
            call.Notify(KeyEventClasses.SortedSet, eventName, key);
        }
        else if (existed)
        {
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }

        call.Output.WriteInteger(members.Count);
    }
}
