using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITCOUNT key [start end [BYTE | BIT]].</summary>
internal sealed class BitCountCommand() : RespCommand(
    new CommandDescriptor("bitcount", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Bitmap,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "bitmap",
        Since = "2.6.0",
        Summary = "Count set bits in a string",
        Complexity = "O(N)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        // Only now: what else the arguments say does not matter for a key that is absent.
        call.CountRead(key, exists);
        if (!exists)
        {
            call.Output.WriteInteger(0);
        }
        else if (TryRange(call, item.Length, out BitRange range))
        {
            call.Context.Spend(WorkUnits.ForBytes(item.Length));
            call.Output.WriteInteger(range.Count(item.Value));
        }
    }

    private static bool TryRange(in RespCall call, int length, out BitRange range)
    {
        range = BitRange.Of(length);
        if (call.Count == 2)
        {
            return true;
        }

        if (call.Count is not (4 or 5))
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        if (!call.TryInteger(2, out long start) || !call.TryInteger(3, out long end))
        {
            return false;
        }

        bool countsBits = false;
        if (start < 0 && end < 0 && start > end)
        {
            range = new BitRange(0, -1);
            return true;
        }

        if (call.Count == 5 && !BitRange.TryUnit(call, 4, out countsBits))
        {
            return false;
        }

        range = BitRange.Between(start, end, countsBits, length);
        return true;
    }
}
