using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SRANDMEMBER key [count].</summary>
internal sealed class SRandMemberCommand() : RandomElements(
    new CommandDescriptor("srandmember", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Get one or multiple random members from a set",
        Complexity =
            "Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.",
    }, ItemType.Set)
{
    protected override ReadOnlySpan<byte> Word => default;

    protected override ElementForm LongForm => ElementForm.Name;
}
