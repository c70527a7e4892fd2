using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>GETBIT key offset.</summary>
internal sealed class GetBitCommand() : RespCommand(
    new CommandDescriptor("getbit", 3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Bitmap,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "bitmap",
        Since = "2.2.0",
        Summary = "Returns the bit value at offset in the string value stored at key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!BitRange.TryOffset(call, 2, out long bit))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            call.CountRead(key, exists);
            call.Output.WriteInteger(BitRange.At(item.Value, bit));
        }
    }
}
