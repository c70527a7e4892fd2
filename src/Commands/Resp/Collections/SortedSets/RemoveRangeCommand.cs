using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>
/// ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX: key min max. Many members go slice by slice.
/// </summary>
internal abstract class RemoveRangeCommand(CommandDescriptor descriptor, RangeKind kind) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        RangeRequest request = default;
        if (!request.TryParse(call, 2, kind, isReverse: false, stores: true))
        {
            return;
        }

        RankRange ranks = default;
        ItemKey key = call.Key(1);
        using (ShardScope scope = call.Context.Enter(key))
        {
            Lookup found = scope.Shard.Collections.SortedSets.Length(key, call.Now, out long count);
            if (call.RefusesWrite(found))
            {
                return;
            }

            ranks = found == Lookup.Found ? request.RanksIn(call, scope.Shard, key, count) : default;
        }

        if (ranks.Count == 0)
        {
            call.Output.WriteInteger(0);
            return;
        }

        call.Connection.Run(new Removal(this, ranks), call);
    }

    private sealed class Removal(RemoveRangeCommand command, RankRange ranks) : PausedRequest
    {
        private const int MembersPerSlice = 128;

        private long _removed;

        public override bool GoOn(in RespCall call)
        {
            do
            {
                if (TryRemoveSome(call))
                {
                    call.Output.WriteInteger(_removed);
                    return true;
                }

                call.Context.Spend(MembersPerSlice);
            }
            while (!call.Context.ShouldPause());
            return false;
        }

        // True when there is nothing left to do.
        private bool TryRemoveSome(in RespCall call)
        {
            ItemKey key = call.Key(1);
            using ShardScope scope = call.Context.Enter(key);
            Store.Collections.SortedSets sets = scope.Shard.Collections.SortedSets;
            var members = new MemberList();
            long wanted = Math.Min(MembersPerSlice, ranks.Count - _removed);
            sets.Walk(key, ranks.First, wanted, isReverse: false, call.Now, members);
            for (int i = 0; i < members.Count; i++)
            {
                sets.Remove(key, members[i], call.Now);
            }

            _removed += members.Count;
            bool isDone = members.Count == 0 || _removed == ranks.Count;
            if (isDone && _removed > 0)
            {
                bool isEmpty = !scope.Shard.TryPeekAttributes(key, call.Now, out _);
                call.NotifyRemoved(KeyEventClasses.SortedSet, command.ShortName, key, isEmpty);
            }

            return isDone;
        }
    }
}
