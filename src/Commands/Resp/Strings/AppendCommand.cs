using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>APPEND key value; client flags and expiry stay.</summary>
internal sealed class AppendCommand() : RespCommand(
    new CommandDescriptor("append", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "string",
        Since = "2.0.0",
        Summary = "Append a value to a key",
        Complexity =
            "O(1). The amortized time complexity is O(1) assuming the appended value is small and the already "
            + "present value is of any size, since the dynamic string library used by Redis will double the free "
            + "space available on every reallocation.",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        ReadOnlySpan<byte> tail = call[2];
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists, isAccess: false))
        {
            return;
        }

        long length = (long)item.Value.Length + tail.Length;
        if (length > call.Services.Limits.MaxBulkBytes)
        {
            call.Error(RespErrors.TooLong);
        }
        else if (exists
            ? call.TryPut(scope.Shard, key, item.Value, tail, item.Flags, item.ExpiresAt, StringForm.Edited,
                eventName: "append"u8)
            : call.TryPut(scope.Shard, key, tail, default, 0, 0, eventName: "append"u8))
        {
            call.Output.WriteInteger(length);
        }
    }
}
