using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITOP AND | OR | XOR | NOT destkey key [key ...]: the length of the result (redis 7 bitops.c).</summary>
internal sealed class BitOpCommand() : RespCommand(
    new CommandDescriptor("bitop", -4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Bitmap,
        Keys =
        [
            new KeySpec(KeyAccess.OW | KeyAccess.Update, 2),
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 3, Last: -1),
        ],
        Group = "bitmap",
        Since = "2.6.0",
        Summary = "Perform bitwise operations between strings",
        Complexity = "O(N)",
    })
{
    private const int FirstSource = 3;

    public override void Execute(in RespCall call)
    {
        bool isNot = call.Is(1, "not"u8);
        if (!isNot && !call.Is(1, "and"u8) && !call.Is(1, "or"u8) && !call.Is(1, "xor"u8))
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        if (isNot && call.Count != FirstSource + 1)
        {
            call.Error("-ERR BITOP NOT must be called with a single source key.\r\n"u8);
            return;
        }

        using MultiShardScope scope = call.Context.EnterMany(ShardsToLock(call));
        if (TryLengths(call, out int shortest, out int longest))
        {
            Put(call, longest == 0 ? [] : Combined(call, shortest, longest));
        }
    }

    private static bool TryLengths(in RespCall call, out int shortest, out int longest)
    {
        (shortest, longest) = (int.MaxValue, 0);
        for (int i = FirstSource; i < call.Count; i++)
        {
            ItemKey key = call.Key(i);
            if (!call.TryString(call.Shard(key), key, out ItemView item, out bool exists))
            {
                return false;
            }

            call.CountRead(key, exists);
            int length = exists ? item.Value.Length : 0;
            (shortest, longest) = (Math.Min(shortest, length), Math.Max(longest, length));
        }

        return true;
    }

    // What a string does not have is zero.
    private static byte[] Combined(in RespCall call, int shortest, int longest)
    {
        byte[] result = new byte[longest];
        bool isAnd = call.Is(1, "and"u8), isOr = call.Is(1, "or"u8);
        for (int i = FirstSource; i < call.Count; i++)
        {
            ItemKey key = call.Key(i);
            if (!call.TryString(call.Shard(key), key, out ItemView item, out bool exists, isAccess: false) || !exists)
            {
                continue;
            }

            call.Context.Spend(WorkUnits.ForBytes(item.Value.Length));
            ReadOnlySpan<byte> value = item.Value;
            if (i == FirstSource)
            {
                value.CopyTo(result);
                continue;
            }

            for (int at = 0; at < value.Length; at++)
            {
                result[at] = (byte)(isAnd ? result[at] & value[at]
                    : isOr ? result[at] | value[at] : result[at] ^ value[at]);
            }
        }

        if (isAnd)
        {
            result.AsSpan(shortest).Clear();
        }

        for (int at = 0; call.Is(1, "not"u8) && at < result.Length; at++)
        {
            result[at] = (byte)~result[at];
        }

        return result;
    }

    private static void Put(in RespCall call, byte[] result)
    {
        ItemKey target = call.Key(2);
        Shard shard = call.Shard(target);
        if (result.Length == 0)
        {
            if (shard.Remove(target, RemoveReason.Deleted, call.Now))
            {
                call.Notify(KeyEventClasses.Generic, "del"u8, target);
            }

            call.Output.WriteInteger(0);
        }
        else if (call.TryPut(shard, target, result, default, 0, 0, StringForm.Edited))
        {
            call.Output.WriteInteger(result.Length);
        }
    }
}
