using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SMEMBERS key.</summary>
internal sealed class SMembersCommand() : RespCommand(
    new CommandDescriptor("smembers", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Get all the members in a set",
        Complexity = "O(N) where N is the set cardinality.",
    })
{
    public override void Execute(in RespCall call) =>
        NamedListing.Run(call, ItemType.Set, ElementHead.Set, ElementForm.Name);
}
