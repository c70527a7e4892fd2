using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>A command that waits for an element of its first list and moves it to its second.</summary>
internal abstract class BlockingMoveCommand(string name, int arity, string since) : BlockingCommand(
    new CommandDescriptor(name, arity,
        CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.NoScript | CommandFlags.Blocking)
    {
        Categories = AclCategories.List,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1),
            new KeySpec(KeyAccess.RW | KeyAccess.Insert, 2),
        ],
        Group = "list",
        Since = since,
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
}
