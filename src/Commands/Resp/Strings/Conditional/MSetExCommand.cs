using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>MSETEX numkeys key value [key value ...] [NX | XX] [EX s | PX ms | EXAT s | PXAT ms | KEEPTTL]: 1, or 0
/// when nothing was
/// set.</summary>
internal sealed class MSetExCommand() : RespCommand(
    new CommandDescriptor(
        "msetex", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.String,
        Tips = ["request_policy:multi_shard", "response_policy:all_succeeded"],
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1, 0, 2) { IsCounted = true }],
        Group = "string",
        Since = "8.4.0",
        Summary = "Atomically sets multiple string keys with a shared expiration in a single operation",
        Complexity = "O(N) where N is the number of keys to set.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!RespNumbers.TryInt64(call[1], out long pairs) || pairs < 1 || pairs > int.MaxValue)
        {
            call.Error("-ERR invalid numkeys value\r\n"u8);
            return;
        }

        int end = 2 + (int)Math.Min(pairs, call.Count) * 2;
        if (end > call.Count)
        {
            call.Error("-ERR wrong number of key-value pairs\r\n"u8);
            return;
        }

        SetOptions options = default;
        if (!options.TryParse(call, end, isSet: true))
        {
            return;
        }

        if (options.IsGet || options.Condition.Kind != ConditionKind.None)
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(2, end - 1, 2));
        for (int i = 2; i < end && (options.IsOnlyIfAbsent || options.IsOnlyIfPresent); i += 2)
        {
            ItemKey key = call.Key(i);
            if (call.Shard(key).TryPeekAttributes(key, call.Now, out _) == options.IsOnlyIfAbsent)
            {
                call.Output.WriteInteger(0);
                return;
            }
        }

        if (TryPutAll(call, end, options))
        {
            call.Output.WriteInteger(1);
        }
    }

    private static bool TryPutAll(in RespCall call, int end, in SetOptions options)
    {
        for (int i = 2; i < end; i += 2)
        {
            ItemKey key = call.Key(i);
            Shard shard = call.Shard(key);
            bool isDone = options.ExpiresAt != 0
                ? call.TryPutExpiring(shard, key, call[i + 1], options.ExpiresAt)
                : call.TryPut(
                    shard, key, call[i + 1], default, 0, options.KeepsExpiry ? ExpiryOf(call, shard, key) : 0);
            if (!isDone)
            {
                return false;
            }
        }

        return true;
    }

    private static long ExpiryOf(in RespCall call, Shard shard, in ItemKey key) =>
        shard.TryPeekAttributes(key, call.Now, out ItemView item) ? item.ExpiresAt : 0;
}
