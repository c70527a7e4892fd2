namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZINCRBY key increment member.</summary>
internal sealed class ZIncrByCommand() : RespCommand(
    new CommandDescriptor("zincrby", 4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.SortedSet,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "sorted-set",
        Since = "1.2.0",
        Summary = "Increment the score of a member in a sorted set",
        Complexity = "O(log(N)) where N is the number of elements in the sorted set.",
    })
{
    public override void Execute(in RespCall call) => ScoreAddition.Run(call, AddOptions.Increment);
}
