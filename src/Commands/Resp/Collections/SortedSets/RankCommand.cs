using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANK and ZREVRANK: key member [WITHSCORE], the option as in redis 7.2.</summary>
internal abstract class RankCommand(CommandDescriptor descriptor, bool isReverse) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        bool hasScore = call.Count > 3;
        if (call.Count > 4)
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        if (hasScore && !call.Is(3, "withscore"u8))
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
        Lookup found = sets.Rank(key, call[2], call.Now, out long rank);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Absent)
        {
            WriteNothing(call, hasScore);
            return;
        }

        sets.Length(key, call.Now, out long count);
        if (hasScore)
        {
            call.Output.WriteArray(2);
        }

        call.Output.WriteInteger(isReverse ? count - 1 - rank : rank);
        if (hasScore)
        {
            sets.Find(key, call[2], call.Now, out double score);
            call.Output.WriteDouble(score, call.Version);
        }
    }

    private static void WriteNothing(in RespCall call, bool hasScore)
    {
        if (hasScore)
        {
            call.Output.WriteNullArray(call.Version);
        }
        else
        {
            call.WriteNull();
        }
    }
}
