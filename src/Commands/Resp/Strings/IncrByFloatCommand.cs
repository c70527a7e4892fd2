using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>INCRBYFLOAT key increment, in the 80-bit arithmetic of x86.</summary>
internal sealed class IncrByFloatCommand() : RespCommand(
    new CommandDescriptor("incrbyfloat", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "string",
        Since = "2.6.0",
        Summary = "Increment the float value of a key by the given amount",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists, isAccess: false))
        {
            return;
        }

        ExtendedFloat value = default;
        if (exists && !ExtendedFloat.TryParse(item.Value, out value)
            || !ExtendedFloat.TryParse(call[2], out ExtendedFloat increment))
        {
            call.Error(RespErrors.NotAFloat);
            return;
        }

        var sum = ExtendedFloat.Add(value, increment);
        if (!sum.IsFinite)
        {
            call.Error("-ERR increment would produce NaN or Infinity\r\n"u8);
            return;
        }

        byte[] text = Encoding.ASCII.GetBytes(sum.ToString());
        // An absent item has neither client flags nor an expiry.
        if (call.TryPut(scope.Shard, key, text, default, item.Flags, item.ExpiresAt, StringForm.Fraction,
            eventName: "incrbyfloat"u8))
        {
            call.Output.WriteBulk((ReadOnlySpan<byte>)text);
        }
    }
}
