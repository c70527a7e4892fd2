using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HGETEX key [EX s | PX ms | EXAT s | PXAT ms | PERSIST] FIELDS count field [field ...].</summary>
internal sealed class HGetExCommand() : RespCommand(
    new CommandDescriptor("hgetex", -5, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)
            {
                Notes = "RW and UPDATE because it changes the TTL",
            },
        ],
        Group = "hash",
        Since = "8.0.0",
        Summary = "Get the value of one or more fields of a given hash key, and optionally set their expiration.",
        Complexity = "O(N) where N is the number of specified fields",
    })
{
    protected override WideForm Cut(in RespCall call) => FieldArguments.Cut(call, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.RefusesWrite(hashes.Length(key, call.Now, out long count)))
        {
            return;
        }

        int at = 2;
        int changed = 0;
        int ended = 0;
        long expiresAt = 0;
        bool isPersist = call.Is(2, "persist"u8);
        bool isTimed = FieldTimeOption.TryWord(call, 2, out int unit, out bool isRelative);
        if (isTimed && !FieldTime.TryParse(call, 3, unit, isRelative, out expiresAt))
        {
            return;
        }

        at += isTimed ? 2 : isPersist ? 1 : 0;
        if (!FieldArguments.TryFind(call, at, FieldArguments.BadCount, out int first))
        {
            return;
        }

        call.Output.WriteArray(call.Count - first);
        for (int i = first; i < call.Count; i++)
        {
            if (hashes.Find(key, call[i], call.Now, out ElementView view) != Lookup.Found)
            {
                call.WriteNull();
                continue;
            }

            call.Output.WriteBulk(view.Value);
            if (isTimed && expiresAt <= call.Now)
            {
                hashes.Remove(key, call[i], call.Now);
                ended++;
            }
            else if (isTimed || (isPersist && view.ExpiresAt != 0))
            {
                hashes.SetExpiry(key, call[i], expiresAt, call.Now);
                changed++;
            }
        }

        if (changed > 0)
        {
            call.Notify(KeyEventClasses.Hash, isPersist ? "hpersist"u8 : "hexpire"u8, key);
        }
        else if (ended > 0)
        {
            call.NotifyRemoved(KeyEventClasses.Hash, "hdel"u8, key, isEmpty: ended == count);
        }
    }
}
