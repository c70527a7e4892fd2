using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HINCRBYFLOAT key field increment, in the 80-bit arithmetic of x86. The field keeps its expiry.</summary>
internal sealed class HIncrByFloatCommand() : RespCommand(
    new CommandDescriptor("hincrbyfloat", 4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "2.6.0",
        Summary = "Increment the float value of a hash field by the given amount",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!ExtendedFloat.TryParse(call[3], out ExtendedFloat increment))
        {
            call.Error(RespErrors.NotAFloat);
            return;
        }

        if (!increment.IsFinite)
        {
            call.Error("-ERR value is NaN or Infinity\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        Lookup found = hashes.Find(key, call[2], call.Now, out ElementView view);
        if (call.RefusesWrite(found))
        {
            return;
        }

        ExtendedFloat value = default;
        if (found == Lookup.Found && !ExtendedFloat.TryParse(view.Value, out value))
        {
            call.Error("-ERR hash value is not a float\r\n"u8);
            return;
        }

        var sum = ExtendedFloat.Add(value, increment);
        if (!sum.IsFinite)
        {
            call.Error("-ERR increment would produce NaN or Infinity\r\n"u8);
            return;
        }

        call.NotifyIfNew(scope.Shard, key);
        byte[] text = Encoding.ASCII.GetBytes(sum.ToString());
        if (call.Accepts(hashes.Set(key, call[2], text, call.Now, view.ExpiresAt)))
        {
            call.Notify(KeyEventClasses.Hash, "hincrbyfloat"u8, key);
            call.Output.WriteBulk((ReadOnlySpan<byte>)text);
        }
    }
}
