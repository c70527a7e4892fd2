using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HGETDEL key FIELDS count field [field ...].</summary>
internal sealed class HGetDelCommand() : RespCommand(
    new CommandDescriptor("hgetdel", -5, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "hash",
        Since = "8.0.0",
        Summary = "Returns the value of a field and deletes it from the hash.",
        Complexity = "O(N) where N is the number of specified fields",
    })
{
    protected override WideForm Cut(in RespCall call) => FieldArguments.Cut(call, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.RefusesWrite(hashes.Length(key, call.Now, out long count))
            || !FieldArguments.TryFind(call, 2, FieldArguments.BadCount, out int first))
        {
            return;
        }

        int removed = 0;
        call.Output.WriteArray(call.Count - first);
        for (int i = first; i < call.Count; i++)
        {
            if (hashes.Find(key, call[i], call.Now, out ElementView view) == Lookup.Found)
            {
                call.Output.WriteBulk(view.Value);
                hashes.Remove(key, call[i], call.Now);
                removed++;
            }
            else
            {
                call.WriteNull();
            }
        }

        if (removed > 0)
        {
            call.NotifyRemoved(KeyEventClasses.Hash, "hdel"u8, key, isEmpty: removed == count);
        }
    }
}
