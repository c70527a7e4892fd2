using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HSCAN key cursor [MATCH pattern] [COUNT count].</summary>
internal sealed class HScanCommand() : ElementScan(
    new CommandDescriptor("hscan", -3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Hash,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.8.0",
        Summary = "Incrementally iterate hash fields and associated values",
        Complexity =
            "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor"
            + " to return back to 0. N is the number of elements inside the collection..",
    }, ElementForm.FieldAndValue)
{
    protected override ItemType Type => ItemType.Hash;

    protected override void Step(
        in RespCall call, Shard shard, in ItemKey key, ulong cursor, int count, IElementVisitor visitor,
        out ulong next) => shard.Collections.Hashes.Scan(key, cursor, count, call.Now, visitor, out next);
}
