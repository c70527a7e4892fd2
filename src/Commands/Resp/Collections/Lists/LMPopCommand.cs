using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>
/// LMPOP numkeys key [key ...] LEFT | RIGHT [COUNT count]: from the first key that holds something.
/// </summary>
internal sealed class LMPopCommand() : RespCommand(
    new CommandDescriptor("lmpop", -4, CommandFlags.Write | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1) { IsCounted = true }],
        Group = "list",
        Since = "7.0.0",
        Summary = "Pop elements from a list",
        Complexity = "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!ManyPopOptions.TryParse(
            call, 1, "left"u8, "right"u8, out int last, out bool isRight, out long count))
        {
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        for (int i = 2; i <= last; i++)
        {
            ItemKey key = call.Key(i);
            Lookup found = call.Shard(key).Collections.Lists.Length(key, call.Now, out _);
            if (call.RefusesWrite(found))
            {
                return;
            }

            if (found == Lookup.Found)
            {
                ElementPop.RunWithKey(call, key, count, !isRight);
                return;
            }
        }

        call.Output.WriteNullArray(call.Version);
    }
}
