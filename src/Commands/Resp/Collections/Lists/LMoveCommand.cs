namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LMOVE source destination LEFT | RIGHT LEFT | RIGHT.</summary>
internal sealed class LMoveCommand() : RespCommand(
    new CommandDescriptor("lmove", 5, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.List,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "list",
        Since = "6.2.0",
        Summary = "Pop an element from a list, push it to another list and return it",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (ElementMove.TryEnds(call, 3, out bool fromStart, out bool toStart))
        {
            ElementMove.Run(call, this, fromStart, toStart);
        }
    }
}
