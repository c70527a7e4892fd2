using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SSCAN key cursor [MATCH pattern] [COUNT count].</summary>
internal sealed class SScanCommand() : ElementScan(
    new CommandDescriptor("sscan", -3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "set",
        Since = "2.8.0",
        Summary = "Incrementally iterate Set elements",
        Complexity =
            "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor"
            + " to return back to 0. N is the number of elements inside the collection..",
    }, ElementForm.Name)
{
    protected override ItemType Type => ItemType.Set;

    protected override void Step(
        in RespCall call, Shard shard, in ItemKey key, ulong cursor, int count, IElementVisitor visitor,
        out ulong next) => shard.Collections.Sets.Scan(key, cursor, count, call.Now, visitor, out next);
}
