namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>RPOPLPUSH source destination.</summary>
internal sealed class RPopLPushCommand() : RespCommand(
    new CommandDescriptor("rpoplpush", 3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.List,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "list",
        Since = "1.2.0",
        Summary = "Remove the last element in a list, prepend it to another list and return it",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => ElementMove.Run(call, this, fromStart: false, toStart: true);
}
