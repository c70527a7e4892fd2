using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>SETBIT key offset value: the bit that was there.</summary>
internal sealed class SetBitCommand() : RespCommand(
    new CommandDescriptor("setbit", 4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Bitmap,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "bitmap",
        Since = "2.2.0",
        Summary = "Sets or clears the bit at offset in the string value stored at key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!BitRange.TryOffset(call, 2, out long bit))
        {
            return;
        }

        if (!RespNumbers.TryInt64(call[3], out long wanted) || wanted is < 0 or > 1)
        {
            call.Error("-ERR bit is not an integer or out of range\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out _, isAccess: false))
        {
            return;
        }

        int old = BitRange.At(item.Value, bit);
        int at = (int)(bit >> 3);
        int mask = 0x80 >> (int)(bit & 7);
        int before = at < item.Value.Length ? item.Value[at] : 0;
        Span<byte> changed = [(byte)(wanted == 1 ? before | mask : before & ~mask)];
        if (TryWrite(call, scope.Shard, key, item, at, changed))
        {
            call.Output.WriteInteger(old);
        }
    }

    private static bool TryWrite(
        in RespCall call, Shard shard, in ItemKey key, in ItemView item, int at, ReadOnlySpan<byte> changed)
    {
        int length = item.Value.Length;
        if (at < length && item.Value[at] == changed[0])
        {
            // No change that anybody is told of, but Redis has made an edited string of it all the same.
            if (item.Form != StringForm.Edited)
            {
                shard.TryOverwrite(key, at, changed, call.Now);
            }

            return true;
        }

        if (at >= length)
        {
            return call.TryPut(
                shard, key, item.Value, changed, item.Flags, item.ExpiresAt, StringForm.Edited, at - length,
                "setbit"u8);
        }

        if (shard.TryOverwrite(key, at, changed, call.Now))
        {
            call.Stats.CmdSet++;
            call.Stats.TotalItems++;
            call.Notify(KeyEventClasses.String, "setbit"u8, key);
            return true;
        }

        byte[] whole = item.Value.ToArray();
        whole[at] = changed[0];
        return call.TryPut(
            shard, key, whole, default, item.Flags, item.ExpiresAt, StringForm.Edited, eventName: "setbit"u8);
    }
}
