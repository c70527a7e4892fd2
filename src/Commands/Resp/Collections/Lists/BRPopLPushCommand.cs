using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BRPOPLPUSH source destination timeout.</summary>
internal sealed class BRPopLPushCommand() : BlockingCommand(
    new CommandDescriptor("brpoplpush", 4,
        CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.NoScript | CommandFlags.Blocking)
    {
        Categories = AclCategories.List,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "list",
        Since = "2.2.0",
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

    protected override void Answer(in RespCall call, int place) =>
        ElementMove.Move(call, fromStart: false, toStart: true);
}
