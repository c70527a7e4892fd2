using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNION, ZINTER and ZDIFF: in one step.</summary>
internal abstract class CombineCommand(CommandDescriptor descriptor, ScoreOperation operation)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var sets = new ScoreCombination(operation);
        if (!sets.TryParse(call, 1, Name))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        if (!sets.TryBegin(call, 1, stores: false, counts: false))
        {
            return;
        }

        MemberList members = sets.Run(call);
        ElementForm form = sets.HasScores ? ElementForm.MemberScorePair : ElementForm.Name;
        ElementWriter.WriteHead(call.Output, ElementHead.Array, form, members.Count, call.Version);
        var writer = new ElementWriter(call.Output, call.Version, form);
        foreach (int i in members.InOrder())
        {
            writer.Write(members[i], members.ScoreAt(i));
        }
    }
}
