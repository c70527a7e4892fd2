using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BLPOP key [key ...] timeout.</summary>
internal sealed class BLPopCommand() : BlockingCommand(
    new CommandDescriptor("blpop", -3, CommandFlags.Write | CommandFlags.NoScript | CommandFlags.Blocking)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1, -2)],
        Group = "list",
        Since = "2.0.0",
        Summary = "Remove and get the first element in a list, or block until one is available",
        Complexity = "O(N) where N is the number of provided keys.",
    })
{
    public override ItemType Type => ItemType.List;

    protected override void Answer(in RespCall call, int place) => ElementPop.RunOne(call, call.Key(place),
        atStart: true);
}
