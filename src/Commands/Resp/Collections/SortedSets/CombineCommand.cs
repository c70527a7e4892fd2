using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZUNION, ZINTER and ZDIFF.</summary>
internal abstract class CombineCommand(CommandDescriptor descriptor, ScoreOperation operation)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var sets = new ScoreCombination(operation, Name, 1, stores: false, counts: false);
        if (!sets.TryParse(call))
        {
            return;
        }

        var gathering = new Gathering(sets);
        using (call.Context.EnterMany(ShardsToLock(call)))
        {
            if (!gathering.TryBegin(call))
            {
                return;
            }

            if (sets.Work <= Combination.MostAtOnce)
            {
                Answer(call, sets);
                return;
            }
        }

        call.Connection.Run(new CombinedScores(call, this, gathering, FormOf(sets)), call);
    }

    private static ElementForm FormOf(ScoreCombination sets) =>
        sets.HasScores ? ElementForm.MemberScorePair : ElementForm.Name;

    private static void Answer(in RespCall call, ScoreCombination sets)
    {
        var members = new MemberList();
        if (!sets.TryRun(call, members))
        {
            return;
        }

        ElementForm form = FormOf(sets);
        ElementWriter.WriteHead(call.Output, ElementHead.Array, form, members.Count, call.Version);
        var writer = new ElementWriter(call.Output, call.Version, form);
        foreach (int i in members.InOrder())
        {
            writer.Write(members[i], members.ScoreAt(i));
        }
    }
}
