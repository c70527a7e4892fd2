using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SETRANGE key offset value; zero bytes fill a gap.</summary>
internal sealed class SetRangeCommand() : RespCommand(
    new CommandDescriptor("setrange", 4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "string",
        Since = "2.2.0",
        Summary = "Overwrite part of a string at key starting at the specified offset",
        Complexity =
            "O(1), not counting the time taken to copy the new string in place. Usually, this string is very "
            + "small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of "
            + "the value argument.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long offset))
        {
            return;
        }

        if (offset < 0)
        {
            call.Error("-ERR offset is out of range\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        ReadOnlySpan<byte> part = call[3];
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out _, isAccess: false))
        {
            return;
        }

        if (part.IsEmpty)
        {
            call.Output.WriteInteger(item.Value.Length);
            return;
        }

        if (offset > call.Services.Limits.MaxBulkBytes - part.Length)
        {
            call.Error(RespErrors.TooLong);
            return;
        }

        int start = (int)offset;
        int end = start + part.Length;
        if (end >= item.Value.Length)
        {
            // What is in front stays, what is missing between is zero.
            ReadOnlySpan<byte> head = item.Value[..Math.Min(start, item.Value.Length)];
            Put(call, scope.Shard, key, item, head, start - head.Length, part);
        }
        else if (scope.Shard.TryOverwrite(key, start, part, call.Now))
        {
            call.Stats.CmdSet++;
            call.Stats.TotalItems++;
            call.Notify(KeyEventClasses.String, "setrange"u8, key);
            call.Output.WriteInteger(item.Value.Length);
        }
        else
        {
            byte[] whole = item.Value.ToArray();
            part.CopyTo(whole.AsSpan(start));
            Put(call, scope.Shard, key, item, whole, 0, default);
        }
    }

    // An absent item has neither client flags nor an expiry.
    private static void Put(
        in RespCall call, Shard shard, in ItemKey key, in ItemView old, ReadOnlySpan<byte> head, int zeros,
        ReadOnlySpan<byte> tail)
    {
        int length = head.Length + zeros + tail.Length;
        if (call.TryPut(shard, key, head, tail, old.Flags, old.ExpiresAt, StringForm.Edited, zeros, "setrange"u8))
        {
            call.Output.WriteInteger(length);
        }
    }
}
