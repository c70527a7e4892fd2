using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>
/// HSETEX key [FNX | FXX] [EX s | PX ms | EXAT s | PXAT ms | KEEPTTL] FIELDS count field value [field value ...]:
/// 1, or 0 when the condition is not met and nothing was written.
/// </summary>
internal sealed class HSetExCommand() : RespCommand(
    new CommandDescriptor("hsetex", -6, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "8.0.0",
        Summary = "Set the value of one or more fields of a given hash key, and optionally set their expiration.",
        Complexity = "O(N) where N is the number of fields being set.",
    })
{
    // With a condition all fields are looked at before the first one is written.
    protected override WideForm Cut(in RespCall call) =>
        call.Is(2, "fnx"u8) || call.Is(2, "fxx"u8) || call.Is(4, "fnx"u8) || call.Is(4, "fxx"u8)
            ? default : FieldArguments.Cut(call, 2, WideReply.Last);

    public override void Execute(in RespCall call)
    {
        HSetExOptions options = default;
        if (!options.TryParse(call))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.RefusesWrite(hashes.View(key, call.Now, out CollectionView hash)))
        {
            return;
        }

        for (int i = options.FirstField; i < call.Count && options.HasCondition; i += 2)
        {
            if (hashes.TryFind(key, hash, call[i], out ElementView view) && !view.IsExpired(call.Now)
                ? options.IsOnlyIfAbsent : options.IsOnlyIfPresent)
            {
                call.Output.WriteInteger(0);
                return;
            }
        }

        call.NotifyIfNew(scope.Shard, key);
        for (int i = options.FirstField; i < call.Count; i += 2)
        {
            if (!TrySet(call, hashes, key, i, options))
            {
                return;
            }
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
        call.Notify(KeyEventClasses.Hash, "hset"u8, key);
        if (options.IsTimed)
        {
            bool isOver = options.ExpiresAt <= call.Now;
            bool isGone = isOver && !scope.Shard.TryPeekAttributes(key, call.Now, out _);
            call.NotifyRemoved(KeyEventClasses.Hash, isOver ? "hdel"u8 : "hexpire"u8, key, isGone);
        }

        call.Output.WriteInteger(1);
    }

    private static bool TrySet(
        in RespCall call, Store.Collections.Hashes hashes, in ItemKey key, int index, in HSetExOptions options)
    {
        if (options.IsTimed && options.ExpiresAt <= call.Now)
        {
            hashes.Remove(key, call[index], call.Now);
            return true;
        }

        long expiresAt = options.ExpiresAt;
        if (options.KeepsExpiry)
        {
            hashes.Find(key, call[index], call.Now, out ElementView view);
            expiresAt = view.ExpiresAt;
        }

        return call.Accepts(hashes.Set(key, call[index], call[index + 1], call.Now, expiresAt));
    }
}
