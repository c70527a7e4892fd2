using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNIONSTORE, ZINTERSTORE and ZDIFFSTORE: how many members there are.</summary>
internal abstract class StoreCommand(CommandDescriptor descriptor, ScoreOperation operation) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var sets = new ScoreCombination(operation, Name, 2, stores: true, counts: false);
        if (sets.TryParse(call))
        {
            call.Connection.Run(new CombinedStore(this, sets, ItemType.SortedSet), call);
        }
    }
}
