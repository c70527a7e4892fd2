using SessionGateway.Commands.Resp.Wide;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZADD key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...].</summary>
internal sealed class ZAddCommand() : RespCommand(
    new CommandDescriptor("zadd", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Add one or more members to a sorted set, or update its score if it already exists",
        Complexity = "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
    })
{
    protected override WideForm Cut(in RespCall call)
    {
        AddOptions options = default;
        return options.TrySkip(call) && !options.IsIncrement && ScoreAddition.AreScores(call, options)
            ? new WideForm(options.FirstScore, 2, WideReply.Sum) : default;
    }

    public override void Execute(in RespCall call)
    {
        AddOptions options = default;
        if (options.TryParse(call))
        {
            ScoreAddition.Run(call, options);
        }
    }
}
