using System.Buffers.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HINCRBY key field increment. The field keeps its expiry.</summary>
internal sealed class HIncrByCommand() : RespCommand(
    new CommandDescriptor("hincrby", 4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Increment the integer value of a hash field by the given number",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(3, out long increment))
        {
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

        long value = 0;
        if (found == Lookup.Found && !RespNumbers.TryInt64(view.Value, out value))
        {
            call.Error("-ERR hash value is not an integer\r\n"u8);
            return;
        }

        if (increment >= 0 ? value > long.MaxValue - increment : value < long.MinValue - increment)
        {
            call.Error(RespErrors.Overflow);
            return;
        }

        value += increment;
        call.NotifyIfNew(scope.Shard, key);
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out int length);
        if (call.Accepts(hashes.Set(key, call[2], text[..length], call.Now, view.ExpiresAt)))
        {
            call.Notify(KeyEventClasses.Hash, "hincrby"u8, key);
            call.Output.WriteInteger(value);
        }
    }
}
