using System.Buffers.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>Numbers kept as decimal text (redis 7 t_string.c, incrDecrCommand).</summary>
internal static class Arithmetic
{
    /// <summary>Adds to the value of the first key, 0 when absent; client flags and expiry stay.</summary>
    public static void Add(in RespCall call, long delta)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists, isAccess: false))
        {
            return;
        }

        long value = 0;
        if (exists && !RespNumbers.TryInt64(item.Value, out value))
        {
            call.Error(RespErrors.NotAnInteger);
            return;
        }

        long sum = unchecked(value + delta);
        if (((value ^ sum) & (delta ^ sum)) < 0)
        {
            call.Error(RespErrors.Overflow);
            return;
        }

        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(sum, text, out int length);
        // An absent item has neither client flags nor an expiry.
        if (call.TryPut(scope.Shard, key, text[..length], default, item.Flags, item.ExpiresAt, eventName: "incrby"u8))
        {
            call.Output.WriteInteger(sum);
        }
    }
}
