using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>
/// HPERSIST key FIELDS count field [field ...]: for each 1, -1 when it has no expiry, -2 when there is no such
/// field.
/// </summary>
internal sealed class HPersistCommand() : RespCommand(
    new CommandDescriptor("hpersist", -5, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "7.4.0",
        Summary = "Removes the expiration time for each specified field",
        Complexity = "O(N) where N is the number of specified fields",
    })
{
    protected override WideForm Cut(in RespCall call) => FieldArguments.Cut(call, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.RefusesWrite(hashes.Length(key, call.Now, out _))
            || !FieldArguments.TryFind(call, 2, FieldArguments.BadCount, out int first))
        {
            return;
        }

        int persisted = 0;
        call.Output.WriteArray(call.Count - first);
        for (int i = first; i < call.Count; i++)
        {
            bool exists = hashes.Find(key, call[i], call.Now, out ElementView view) == Lookup.Found;
            long expiresAt = view.ExpiresAt;
            if (exists && expiresAt != 0)
            {
                hashes.SetExpiry(key, call[i], 0, call.Now);
                persisted++;
            }

            call.Output.WriteInteger(!exists ? -2 : expiresAt == 0 ? -1 : 1);
        }

        if (persisted > 0)
        {
            call.Notify(KeyEventClasses.Hash, "hpersist"u8, key);
        }
    }
}
