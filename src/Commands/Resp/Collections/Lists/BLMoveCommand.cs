using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BLMOVE source destination LEFT | RIGHT LEFT | RIGHT timeout.</summary>
internal sealed class BLMoveCommand() : BlockingCommand(
    new CommandDescriptor("blmove", 6,
        CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.NoScript | CommandFlags.Blocking)
    {
        Categories = AclCategories.List,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "list",
        Since = "6.2.0",
        Summary =
            "Pop an element from a list, push it to another list and return it; or block until one is available",
        Complexity = "O(1)",
    })
{
    public override ItemType Type => ItemType.List;

    public override (int First, int Last) Sources(in RespCall call) => (1, 1);

    // In a transaction Redis answers as LMOVE does.
    public override void WriteNothing(in RespCall call)
    {
        if (call.Context.IsAtomicStep)
        {
            call.WriteNull();
        }
        else
        {
            base.WriteNothing(call);
        }
    }

    protected override bool TryArguments(in RespCall call, out long milliseconds)
    {
        milliseconds = 0;
        return ElementMove.TryEnds(call, 3, out _, out _) && TryTimeout(call, 5, out milliseconds);
    }

    protected override void Answer(in RespCall call, int place)
    {
        ElementMove.TryEnds(call, 3, out bool fromStart, out bool toStart);
        ElementMove.Move(call, fromStart, toStart);
    }
}
