using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNIONSTORE, ZINTERSTORE and ZDIFFSTORE: in one step; how many members there are.</summary>
internal abstract class StoreCommand(CommandDescriptor descriptor, ScoreOperation operation) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var sets = new ScoreCombination(operation);
        if (!sets.TryParse(call, 2, Name))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        if (sets.TryBegin(call, 2, stores: true, counts: false))
        {
            ScoredStore.Replace(call, sets.Run(call), ShortName);
        }
    }
}
