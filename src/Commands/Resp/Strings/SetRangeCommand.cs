using System.Buffers;
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
        using ShardScope scope = call.Store.Enter(key, call.Now);
        scope.Shard.TryPeek(key, call.Now, out ItemView item);
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

        int length = Math.Max(item.Value.Length, (int)offset + part.Length);
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> value = rented.AsSpan(0, length);
        item.Value.CopyTo(value);
        value[item.Value.Length..].Clear();
        part.CopyTo(value[(int)offset..]);
        // An absent item has neither client flags nor an expiry.
        if (call.TryPut(scope.Shard, key, value, default, item.Flags, item.ExpiresAt, StringForm.Edited))
        {
            call.Output.WriteInteger(length);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }
}
