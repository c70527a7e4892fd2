using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HRANDFIELD key [count [WITHVALUES]].</summary>
internal sealed class HRandFieldCommand() : RandomElements(
    new CommandDescriptor("hrandfield", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "6.2.0",
        Summary = "Get one or multiple random fields from a hash",
        Complexity = "O(N) where N is the number of fields returned",
    }, ItemType.Hash)
{
    protected override ReadOnlySpan<byte> Word => "withvalues"u8;

    protected override ElementForm LongForm => ElementForm.FieldValuePair;
}
