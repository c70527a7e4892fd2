using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BLMPOP timeout numkeys key [key ...] LEFT | RIGHT [COUNT count].</summary>
internal sealed class BLMPopCommand() : BlockingCommand(
    new CommandDescriptor("blmpop", -5, CommandFlags.Write | CommandFlags.Blocking | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 2) { IsCounted = true }],
        Group = "list",
        Since = "7.0.0",
        Summary = "Pop elements from a list, or block until one is available",
        Complexity = "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    })
{
    public override ItemType Type => ItemType.List;

    protected override bool TryArguments(in RespCall call, out long milliseconds)
    {
        milliseconds = 0;
        return ManyPopOptions.TryParse(call, 2, "left"u8, "right"u8, out _, out _, out _)
            && TryTimeout(call, 1, out milliseconds);
    }

    protected override void Answer(in RespCall call, int place)
    {
        ManyPopOptions.TryParse(call, 2, "left"u8, "right"u8, out _, out bool isRight, out long count);
        ElementPop.RunWithKey(call, call.Key(place), count, !isRight);
    }
}
