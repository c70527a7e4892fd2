using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>
/// LMPOP numkeys key [key ...] LEFT | RIGHT [COUNT count]: from the first key that holds something.
/// </summary>
internal sealed class LMPopCommand() : ManyPopCommand(
    new CommandDescriptor("lmpop", -4, CommandFlags.Write | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1) { IsCounted = true }],
        Group = "list",
        Since = "7.0.0",
        Summary = "Pop elements from a list",
        Complexity = "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    }, "left"u8.ToArray(), "right"u8.ToArray())
{
    protected override Lookup Find(in RespCall call, in ItemKey key) =>
        call.Shard(key).Collections.Lists.Length(key, call.Now, out _);

    protected override void Pop(in RespCall call, in ItemKey key, long count, bool atEnd) =>
        ElementPop.RunWithKey(call, key, count, !atEnd);
}
