using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>ZRANDMEMBER key [count [WITHSCORES]].</summary>
internal sealed class ZRandMemberCommand() : RandomElements(
    new CommandDescriptor("zrandmember", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.SortedSet,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "sorted-set",
        Since = "6.2.0",
        Summary = "Get one or multiple random elements from a sorted set",
        Complexity = "O(N) where N is the number of elements returned",
    }, ItemType.SortedSet)
{
    protected override ReadOnlySpan<byte> Word => "withscores"u8;

    protected override ElementForm LongForm => ElementForm.MemberScorePair;
}
