using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITPOS key bit [start [end [BYTE | BIT]]]: the first bit that is so, or -1.</summary>
internal sealed class BitPosCommand() : RespCommand(
    new CommandDescriptor("bitpos", -3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Bitmap,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "bitmap",
        Since = "2.8.7",
        Summary = "Find first bit set or clear in a string",
        Complexity = "O(N)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long wanted))
        {
            return;
        }

        if (wanted is not (0 or 1))
        {
            call.Error("-ERR The bit argument must be 1 or 0.\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        call.CountRead(key, exists);
        if (!exists)
        {
            call.Output.WriteInteger(wanted == 1 ? -1 : 0);
        }
        else if (TryRange(call, item.Length, out BitRange range))
        {
            call.Context.Spend(WorkUnits.ForBytes(item.Length));
            long found = range.Find(item.Value, (int)wanted);

            // Behind a string without an end that was asked for there are zeros.
            bool isBehind = found < 0 && wanted == 0 && call.Count < 5 && range.First <= range.Last;
            call.Output.WriteInteger(isBehind ? range.Last + 1 : found);
        }
    }

    private static bool TryRange(in RespCall call, int length, out BitRange range)
    {
        range = BitRange.Of(length);
        long start = 0;
        long end = -1;
        bool countsBits = false;
        if (call.Count > 6)
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        if ((call.Count > 3 && !call.TryInteger(3, out start))
            || (call.Count > 5 && !BitRange.TryUnit(call, 5, out countsBits))
            || (call.Count > 4 && !call.TryInteger(4, out end)))
        {
            return false;
        }

        range = BitRange.Between(start, end, countsBits, length);
        return true;
    }
}
