using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>
/// HEXPIRE and its kin: key time [NX | XX | GT | LT] FIELDS count field [field ...] (redis 8 t_hash.c,
/// hexpireGenericCommand). The answer for each field: 1 done, 2 ended because the time is over, 0 the condition was not
/// met, -2 no such field.
/// </summary>
internal abstract class FieldExpireCommand(CommandDescriptor descriptor, int unit, bool isRelative)
    : RespCommand(descriptor)
{
    private const int NoField = -2;
    private const int NotMet = 0;
    private const int Done = 1;
    private const int Ended = 2;

    private enum Condition
    {
        None,
        IsAbsent,
        IsThere,
        IsLater,
        IsEarlier,
    }

    protected override WideForm Cut(in RespCall call) => FieldArguments.Cut(call, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Collections.Hashes.Length(key, call.Now, out long count);
        if (call.RefusesWrite(found) || !FieldTime.TryParse(call, 2, unit, isRelative, out long expiresAt))
        {
            return;
        }

        Condition condition = ConditionOf(call);
        if (!FieldArguments.TryFind(
            call, condition == Condition.None ? 3 : 4, "-ERR Parameter `numFields` should be greater than 0\r\n"u8,
            out int first))
        {
            return;
        }

        call.Output.WriteArray(call.Count - first);
        int changed = 0, ended = 0;
        for (int i = first; i < call.Count; i++)
        {
            int outcome = Apply(call, scope.Shard, key, i, condition, expiresAt);
            changed += outcome == Done ? 1 : 0;
            ended += outcome == Ended ? 1 : 0;
            call.Output.WriteInteger(outcome);
        }

        if (changed + ended > 0)
        {
            call.NotifyRemoved(KeyEventClasses.Hash, ended > 0 ? "hdel"u8 : "hexpire"u8, key, isEmpty: ended == count);
        }

        call.Context.Spend((call.Count - first) / WorkUnits.KeysPerUnit);
    }

    private static Condition ConditionOf(in RespCall call) =>
        call.Is(3, "nx"u8) ? Condition.IsAbsent
        : call.Is(3, "xx"u8) ? Condition.IsThere
        : call.Is(3, "gt"u8) ? Condition.IsLater
        : call.Is(3, "lt"u8) ? Condition.IsEarlier
        : Condition.None;

    private static int Apply(
        in RespCall call, Shard shard, in ItemKey key, int index, Condition condition, long expiresAt)
    {
        ReadOnlySpan<byte> field = call[index];
        Store.Collections.Hashes hashes = shard.Collections.Hashes;
        if (hashes.Find(key, field, call.Now, out ElementView view) != Lookup.Found)
        {
            return NoField;
        }

        // No expiry is later than any.
        long old = view.ExpiresAt == 0 ? long.MaxValue : view.ExpiresAt;
        bool isMet = condition switch
        {
            Condition.IsAbsent => view.ExpiresAt == 0,
            Condition.IsThere => view.ExpiresAt != 0,
            Condition.IsLater => expiresAt > old,
            Condition.IsEarlier => expiresAt < old,
            _ => true,
        };
        if (!isMet)
        {
            return NotMet;
        }

        if (expiresAt <= call.Now)
        {
            hashes.Remove(key, field, call.Now);
            return Ended;
        }

        // Without memory for the six bytes of the time the field is as it was.
        return hashes.SetExpiry(key, field, expiresAt, call.Now) == ElementWrite.OutOfMemory ? NotMet : Done;
    }
}
